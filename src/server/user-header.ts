/** The proxy that names people, as the settings have it, and what the log says about what came of its word. */
import type { Logger } from 'pino';
import { type Clock, nowSeconds } from '../base/index.ts';
import type { ProxyLogin } from '../console/index.ts';
import type { Settings } from '../settings/index.ts';
import { readUserHeader, type UserHeaders, type WireRequest } from '../web/index.ts';

/** The fields by which it names them; null: nobody does. */
export function userHeadersOf(settings: Settings): UserHeaders | null {
  const { userHeader, userDisplayNameHeader, userEmailHeader } = settings;
  if (userHeader === undefined) return null;
  return {
    userName: userHeader,
    displayName: userDisplayNameHeader ?? null,
    email: userEmailHeader ?? null,
  };
}

/** What logging in by its word follows. */
export function proxyLogin(settings: Settings, log: Logger): ProxyLogin {
  return {
    createsUsers: settings.userHeaderCreateUsers === 'on',
    logoutUrl: settings.userHeaderLogout?.href ?? null,
    noteRefusal: (problem, reason, requestId) =>
      log.warn({ problem, reason, requestId }, 'login by the word of the proxy refused'),
  };
}

/** Whoever sends the field in every request gets no more lines than this: one for each kind of trouble in so long. */
const QUIET_SECONDS = 60;

/** Tells of fields that counted for nothing. */
export function createUserHeaderLog(log: Logger, clock: Clock): (wire: WireRequest) => void {
  const toldAt = new Map<string, number>();
  return (wire) => {
    const word = readUserHeader(wire);
    if (word.kind !== 'ignored' && word.kind !== 'unusable') return;
    const now = nowSeconds(clock);
    if (now - (toldAt.get(word.kind) ?? 0) < QUIET_SECONDS) return;
    toldAt.set(word.kind, now);
    const peer = wire.incoming.socket.remoteAddress;
    const { requestId } = wire;
    if (word.kind === 'unusable') {
      log.warn(
        { peer, requestId, fault: word.fault },
        'the proxy names nobody clearly; the request was refused',
      );
    } else {
      log.warn({ peer, requestId }, 'a user header from a peer that is no trusted proxy was ignored');
    }
  };
}
