/**
 * The path: prefixes that a proxy or a base URL adds or takes away, slashes, and escapes that somebody resolved. The
 * path is signed exactly as it stands on the request line (RFC 5849 s3.4.1.2).
 */

import { withAddress } from './address-mistakes.ts';
import { readAddress } from './attempt.ts';
import type { Scene } from './scene.ts';
import type { MistakeToTry, Variant } from './signing-mistake.ts';

/** Headers in which proxies tell the target that the client really asked for. */
const ORIGINAL_TARGETS = [
  'x-original-uri',
  'x-original-url',
  'x-forwarded-uri',
  'x-rewrite-url',
  'x-replaced-path',
];

/** Context paths that installations commonly have. */
const COMMON_PREFIXES = ['/jira', '/confluence', '/wiki', '/bitbucket', '/api', '/app'];

export const PATH_MISTAKES: readonly MistakeToTry[] = [
  { code: 'path-prefix-not-signed', layer: 'path', rank: 1, variants: shorterPaths },
  { code: 'path-prefix-signed', layer: 'path', rank: 1, variants: longerPaths },
  { code: 'trailing-slash', layer: 'path', rank: 1, variants: otherEnds },
  { code: 'double-slash', layer: 'path', rank: 2, variants: otherSlashes },
  changed('path-decoded', 2, decodedPaths),
  changed('path-encoded-again', 2, (path) => [path.replaceAll('%', '%25'), encodedPath(path)]),
  changed('path-escapes-other-case', 3, (path) => [
    path.replace(/%[0-9a-fA-F]{2}/g, (escaped) => escaped.toUpperCase()),
    path.replace(/%[0-9a-fA-F]{2}/g, (escaped) => escaped.toLowerCase()),
  ]),
  changed('path-normalised', 3, (path) => [withoutDots(path)]),
  changed('path-lower-case', 3, (path) => [path.toLowerCase()]),
  {
    code: 'path-only-signed',
    layer: 'path',
    rank: 3,
    variants: ({ baseUri }) => [withAddress({ isPathOnly: true }, readAddress(baseUri).path, baseUri)],
  },
  {
    code: 'query-in-address',
    layer: 'path',
    rank: 2,
    variants: ({ query, baseUri }) => {
      if (query === '') return [];
      const tail = `?${query}`;
      const inAddress = withAddress({ tail }, baseUri + tail, baseUri);
      const only: Variant = {
        ...inAddress,
        apply: (attempt) => ({
          ...inAddress.apply(attempt),
          parameters: attempt.parameters.filter(({ carrier }) => carrier !== 'query'),
        }),
      };
      return [only, inAddress];
    },
  },
];

/** The target that the client asked for, as proxies tell it; with its query. */
export function originalTargets({ arrival }: Scene): string[] {
  if (arrival === null) return [];
  return ORIGINAL_TARGETS.flatMap((name) => {
    const target = (arrival.forwarded[name] ?? '').replace(/^https?:\/\/[^/]*/i, '');
    return target.startsWith('/') && target.length <= 8192 ? [target] : [];
  });
}

function changed(
  code: MistakeToTry['code'],
  rank: 2 | 3,
  change: (path: string) => readonly string[],
): MistakeToTry {
  return {
    code,
    layer: 'path',
    rank,
    variants: ({ baseUri }) => paths(baseUri, change(readAddress(baseUri).path)),
  };
}

function paths(baseUri: string, others: readonly string[]): Variant[] {
  const { path } = readAddress(baseUri);
  return [...new Set(others)]
    .filter((other) => other !== path)
    .map((other) => withAddress({ path: other }, other || '–', path));
}

function shorterPaths(scene: Scene): Variant[] {
  const { path } = readAddress(scene.baseUri);
  const segments = path.split('/');
  const others = originalTargets(scene)
    .map((target) => target.split('?', 1)[0]!)
    .filter((other) => path.endsWith(other));
  if (segments.length > 2) others.push(`/${segments.slice(2).join('/')}`);
  if (segments.length > 3) others.push(`/${segments.slice(3).join('/')}`);
  return paths(scene.baseUri, others);
}

function longerPaths(scene: Scene): Variant[] {
  const { path } = readAddress(scene.baseUri);
  const others = originalTargets(scene)
    .map((target) => target.split('?', 1)[0]!)
    .filter((other) => !path.endsWith(other));
  const told = [
    scene.arrival?.forwarded['x-forwarded-prefix'] ?? '',
    scene.arrival?.forwarded['x-script-name'] ?? '',
  ];
  const own = scene.publicUrl === null ? '' : readAddress(scene.publicUrl).path;
  for (const prefix of [...told, own, ...COMMON_PREFIXES]) {
    const trimmed = prefix.replace(/\/$/, '');
    if (/^\/[!-~]{1,200}$/.test(trimmed)) others.push(trimmed + path);
  }
  return paths(scene.baseUri, others);
}

function otherEnds({ baseUri }: Scene): Variant[] {
  const { path } = readAddress(baseUri);
  return paths(baseUri, [path.endsWith('/') ? path.slice(0, -1) : `${path}/`]);
}

function otherSlashes({ baseUri }: Scene): Variant[] {
  const { path } = readAddress(baseUri);
  const segments = path.split('/');
  const doubled = segments
    .slice(2)
    .map((_, at) => `${segments.slice(0, at + 2).join('/')}//${segments.slice(at + 2).join('/')}`);
  return paths(baseUri, [path.replace(/\/{2,}/g, '/'), `/${path}`, ...doubled.slice(0, 6)]);
}

/** The escapes undone: all of them as bytes, and those that stand for unreserved characters only. */
function decodedPaths(path: string): string[] {
  const bytes = path.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const unreserved = path.replace(/%([0-9a-fA-F]{2})/g, (escaped, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : escaped;
  });
  return [bytes, unreserved];
}

/** Reserved characters escaped that the request line shows as they are. */
function encodedPath(path: string): string {
  return path.replace(
    /[^A-Za-z0-9._~%/-]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Dot segments resolved. @see RFC 3986 s5.2.4 */
function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  segments.forEach((segment, at) => {
    const isDots = /^(?:\.|%2e){1,2}$/i.test(segment);
    if (isDots && segment.replace(/%2e/gi, '.') === '..') kept.pop();
    if (!isDots) kept.push(segment);
    else if (at === segments.length - 1) kept.push('');
  });
  return `/${kept.join('/')}`;
}
