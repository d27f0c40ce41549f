/**
 * What the settings of the proxy that names people must be together. Its word lets people in, so it has to be clear
 * whose word it is: without listed proxies, or with a list of everybody, anybody could say to be anybody.
 */
import type { z } from 'zod';
import { rangesOfStrangers } from './trusted-strangers.ts';

interface UserHeaderSettings {
  readonly trustProxy: readonly string[];
  readonly userHeader?: string | undefined;
  readonly userDisplayNameHeader?: string | undefined;
  readonly userEmailHeader?: string | undefined;
  readonly userHeaderCreateUsers: string;
  readonly userHeaderLogout?: URL | undefined;
}

/** Fields with a meaning of their own: of HTTP, of browsers, of forwarding, of ours. */
const TAKEN =
  /^(?:accept.*|authorization|connection|content-.*|cookie2?|date|expect|forwarded|from|host|if-.*|keep-alive|origin|proxy-.*|range|referer|sec-.*|te|trailer|transfer-encoding|upgrade.*|user-agent|via|x-api-key|x-countersign-.*|x-forwarded-(?:for|host|port|proto|prefix|server|uri|method)|x-original-.*|x-request-id|x-rewrite-.*)$/;

const HEADERS = ['userHeader', 'userDisplayNameHeader', 'userEmailHeader'] as const;

/** Adds what is wrong to the mistakes of the other settings. */
export function checkUserHeader({ value, issues }: z.core.ParsePayload<UserHeaderSettings>): void {
  const refuse = (name: keyof UserHeaderSettings, message: string) =>
    void issues.push({ code: 'custom', path: [name], message, input: undefined });
  for (const name of HEADERS) {
    const header = value[name];
    if (header === undefined) continue;
    if (TAKEN.test(header)) refuse(name, `${header} means something else; choose another header field`);
    if (HEADERS.some((other) => other !== name && value[other] === header))
      refuse(name, `${header} is named twice; each header field says one thing`);
  }
  if (value.userHeader === undefined) refuseAlone(value, refuse);
  else refuseStrangers(value, refuse);
}

type Refuse = (name: keyof UserHeaderSettings, message: string) => void;

function refuseStrangers(value: UserHeaderSettings, refuse: Refuse): void {
  const strangers = rangesOfStrangers(value.trustProxy);
  if (value.trustProxy.length === 0) {
    refuse('userHeader', 'needs --trust-proxy: list the addresses of the proxy that logs people in');
  } else if (strangers.length > 0) {
    refuse(
      'userHeader',
      `needs a list of your own proxies: with --trust-proxy ${strangers.join(', ')} strangers could say who they are`,
    );
  }
}

/** The others say nothing without it. */
function refuseAlone(value: UserHeaderSettings, refuse: Refuse): void {
  for (const name of ['userDisplayNameHeader', 'userEmailHeader', 'userHeaderLogout'] as const)
    if (value[name] !== undefined) refuse(name, 'is for people whom --user-header names, and there is none');
  if (value.userHeaderCreateUsers === 'on')
    refuse('userHeaderCreateUsers', 'is for people whom --user-header names, and there is none');
}
