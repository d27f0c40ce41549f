/**
 * The kinds of values that settings have: how each is written, and what is said when it is written wrongly.
 * Every value arrives as text (or as a list of texts), whichever form it came from, so that a flag, an environment
 * variable and a line of a file mean the same. What may be a secret is never repeated in a sentence about it.
 */
import { isIP } from 'node:net';
import { z } from 'zod';
import { Secret } from '../base/index.ts';
import { PathPatternRefused, type RequestRate, readPathPattern } from '../model/index.ts';
import { looksLikeRedisAddress, type RedisAddress, readRedisAddress } from '../storage/redis/index.ts';

/** A host and a port, as listeners and guarded destinations are named. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** `HOST:PORT`, an IPv6 address in brackets. */
export function writtenAddress({ host, port }: HostAndPort): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `7d`, `10m`, `300s`, `1d 12h`; a bare number is seconds. Gives seconds within the two limits. */
export function duration(limits: { readonly least: string; readonly most: string }) {
  return z.string().transform((text, context) => {
    const seconds = durationSeconds(text);
    if (seconds === null) {
      return refuse(context, 'must be a duration such as 300s, 10m, 12h or 7d');
    }
    if (seconds < durationSeconds(limits.least)! || seconds > durationSeconds(limits.most)!) {
      return refuse(context, `must be between ${limits.least} and ${limits.most}`);
    }
    return seconds;
  });
}

/** Seconds of a written duration, or null if it is none. */
export function durationSeconds(text: string): number | null {
  const parts = [...text.trim().matchAll(/(\d{1,9})\s*([smhdw]?)\s*/gy)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text.trim()) return null;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNIT_SECONDS[unit!]!, 0);
}

/** `HOST:PORT`, an IPv6 address in square brackets; of what we listen on, the port alone is one of loopback. */
export function hostAndPort(options: { readonly mayBeFreePort: boolean }) {
  const leastPort = options.mayBeFreePort ? 0 : 1;
  return z.string().transform((text, context): HostAndPort => {
    const bare = options.mayBeFreePort ? text.replace(/^:?(\d+)$/, '127.0.0.1:$1') : text;
    const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+)):(\d{1,5})$/.exec(bare);
    const port = Number(match?.[3]);
    if (!match || port > 65_535 || port < leastPort || (match[1] !== undefined && isIP(match[1]) !== 6)) {
      return refuse(
        context,
        `must be HOST:PORT with a port from ${leastPort} to 65535, such as 127.0.0.1:8080`,
      );
    }
    return { host: match[1] ?? match[2]!, port };
  });
}

/** An absolute http or https URL without user name, query or fragment. */
export function webAddress(options: { readonly mayHavePath: boolean }) {
  return z.string().transform((text, context): URL => {
    const url = URL.parse(text);
    if (!url || !/^https?:$/.test(url.protocol)) {
      return refuse(context, 'must be an absolute URL that begins with http:// or https://');
    }
    if (url.username !== '' || url.password !== '' || /[?#]/.test(text)) {
      return refuse(context, 'must have no user name, password, query or fragment');
    }
    if (!options.mayHavePath && url.pathname !== '/') {
      return refuse(context, 'must have no path: requests are passed on with the path they came with');
    }
    return url;
  });
}

/** An address or a range of addresses in CIDR notation. */
export const addressRange = z.string().refine(isAddressRange, {
  error: 'must be an IP address or a range such as 10.0.0.0/8',
});

function isAddressRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

/** A pattern of paths, as consumers' limits have them. */
export const pathPattern = z.string().transform((text, context): string => {
  try {
    return readPathPattern(text);
  } catch (error) {
    if (error instanceof PathPatternRefused) return refuse(context, error.message);
    throw error;
  }
});

/** Text that is shown to people: one line, not empty. */
export function shownText(most: number) {
  return z
    .string()
    .trim()
    .min(1, { error: 'must not be empty' })
    .max(most, { error: `must have at most ${most} characters` })
    .regex(/^\P{Cc}*$/u, { error: 'must be a single line of text' });
}

/** A secret that is written as it is. */
export const secretText = z
  .string()
  .min(1, { error: 'must not be empty' })
  .max(1024, { error: 'must have at most 1024 characters' })
  .transform((text) => new Secret(text));

/** A claim of a token, and the value that it has to have or hold. */
export interface ClaimValue {
  readonly claim: string;
  readonly value: string;
}

/** `groups=staff`. */
export const claimValue = z.string().transform((text, context): ClaimValue => {
  const [, claim, value] = /^([^=\p{Cc}]+)=(\P{Cc}+)$/u.exec(text) ?? [];
  if (claim === undefined || value === undefined)
    return refuse(context, 'must be CLAIM=VALUE, such as groups=administrators');
  return { claim, value };
});

/** A part of a whole. */
export const share = z
  .string()
  .regex(/^(?:0(?:\.\d{1,6})?|1(?:\.0{1,6})?|\.\d{1,6})$/, {
    error: 'must be a number from 0 to 1, such as 0.05',
  })
  .transform(Number);

/** Name of a header field, in lower case. */
export const headerName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, { error: 'must be the name of a header field, such as Remote-User' })
  .toLowerCase();

/** A path of the file system. */
export const filePath = z.string().min(1, { error: 'must not be empty' });

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return z.string().transform((text, context): Word => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    return refuse(context, `must be ${words.join(' or ')}`);
  });
}

/** Where nonces are remembered: in one of two places here, or on a Redis server. */
export const noncePlace = z.string().transform((text, context): 'memory' | 'database' | RedisAddress => {
  if (text === 'memory' || text === 'database') return text;
  const address = looksLikeRedisAddress(text)
    ? readRedisAddress(text)
    : 'must be memory, database or redis://HOST:PORT';
  return typeof address === 'string' ? refuse(context, address) : address;
});

const RATE_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** `100/s`, `6000/m`, `100000/h`; null for `off`. */
export const requestRate = z.string().transform((text, context): RequestRate | null => {
  if (text === 'off') return null;
  const [, requests, unit] = /^([1-9]\d{0,8})\/([smh])$/.exec(text) ?? [];
  if (unit === undefined) return refuse(context, 'must be off, or a rate such as 100/s, 6000/m or 100000/h');
  return { requests: Number(requests), seconds: RATE_SECONDS[unit]! };
});

/** One of a few words, or a URL of one form, which may hold a password and therefore comes as a secret. */
export function wordOrUrl<const Word extends string>(words: readonly Word[], form: RegExp, example: string) {
  return z.string().transform((text, context): Word | Secret => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    if (form.test(text)) return new Secret(text);
    return refuse(context, `must be ${words.join(' or ')}, or a URL such as ${example}`);
  });
}

function refuse(context: z.core.$RefinementCtx, message: string): never {
  context.issues.push({ code: 'custom', message, input: context.value });
  return z.NEVER;
}
