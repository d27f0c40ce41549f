/**
 * Makes a gadget's request, by the way that it asks for: without anything of anybody, signed with our own key, or
 * with the viewer's token. Where it goes was judged before; where it is redirected to is judged again each time, and
 * a signed request is not redirected at all.
 */
import { nowSeconds } from '../../base/index.ts';
import {
  type AnswerCache,
  type AskedRequest,
  type ContainerRequest,
  judgeAddress,
  maySignTwoLegged,
  type OutboundPlaces,
  signForGadget,
} from '../../gadgets/index.ts';
import { fill, type SignedInContext } from '../../web/index.ts';
import { openSpec, shownTitle } from '../specs.ts';
import { type ContainerAnswer, refusedAnswer } from './answers.ts';
import type { ContainerDependencies } from './dependencies.ts';
import type { TokenReading } from './gadget-token.ts';
import { messages } from './messages.ts';
import { readable } from './readable-answer.ts';

/** Longest answer, bytes after decompression; a page holds several. */
const MAX_BYTES = 1_048_576;
const TIMEOUT_MS = 10_000;

/** A gadget that asks, and what it may reach. */
export interface Asking {
  readonly request: ContainerRequest;
  readonly gadget: Extract<TokenReading, { kind: 'good' | 'stale' }>;
  readonly places: OutboundPlaces;
}

/** Makes the request. @throws {OutboundRefused | GadgetRequestRefused} when it is not made, or not answered */
export function fetchForGadget(
  c: SignedInContext,
  deps: ContainerDependencies,
  cache: AnswerCache,
  asking: Asking,
): Promise<ContainerAnswer> {
  const { authorization } = asking.request;
  if (authorization === 'OAUTH') return fetchWithToken(c, deps, asking);
  return authorization === 'SIGNED' ? fetchSigned(c, deps, asking) : fetchPlain(c, deps, cache, asking);
}

async function fetchPlain(
  c: SignedInContext,
  deps: ContainerDependencies,
  cache: AnswerCache,
  { request, places }: Asking,
): Promise<ContainerAnswer> {
  const { url, method, headers, body, refreshSeconds } = request;
  const isKept = method === 'GET';
  const asked = JSON.stringify([url.href, headers]);
  const now = nowSeconds(deps.gadgets.clock);
  const kept = isKept ? cache.find(asked, refreshSeconds, now) : null;
  if (kept !== null) return readable(c, request, kept);
  const answer = await deps.outbound.fetch(url.href, {
    method,
    headers,
    body,
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT_MS,
    mayFollow: (target) => judgeAddress(places, target).isAllowed,
  });
  if (isKept && answer.status === 200) cache.keep(asked, answer, now);
  return readable(c, request, answer);
}

async function fetchSigned(
  c: SignedInContext,
  { gadgets, outbound }: ContainerDependencies,
  { request, gadget, places }: Asking,
): Promise<ContainerAnswer> {
  if (!maySignTwoLegged(places, request.url)) {
    return refusedAnswer(403, fill(c.messages(messages).signedRefused, { origin: request.url.origin }));
  }
  const installation = await gadgets.storage.installation.read();
  if (installation === null) return refusedAnswer(500, c.messages(messages).noOwnKey);
  const { clock, random, publicUrl } = gadgets;
  const signed = signForGadget({ installation, clock, random }, request, {
    specUrl: gadget.place.specUrl,
    moduleId: gadget.place.moduleId,
    ownerName: gadget.found.ownerName,
    viewerName: c.viewer.user.name,
    keyAddress: `${publicUrl.replace(/\/$/, '')}/plugins/servlet/oauth/consumer-info`,
  });
  const { url, headers, body } = signed;
  const bounds = { maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, mayFollow: () => false };
  return readable(
    c,
    request,
    await outbound.fetch(url, { method: request.method, headers, body, ...bounds }),
  );
}

async function fetchWithToken(
  c: SignedInContext,
  { authorizedFetch }: ContainerDependencies,
  { request, gadget }: Asking,
): Promise<ContainerAnswer> {
  const { dashboardId, moduleId, specUrl } = gadget.place;
  const read = openSpec(gadget.found.gadget);
  const { spec } = read;
  const title = shownTitle(gadget.found.placed, read, c.locale);
  const { method, url, headers, body, serviceName, tokenName, useToken } = request;
  const asked: AskedRequest = {
    viewer: c.viewer,
    gadget: { specUrl, title, spec },
    dashboardId,
    moduleId,
    serviceName,
    tokenName,
    useToken,
    request: { method, url, headers, body, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS },
    locale: c.locale,
  };
  const answer = await authorizedFetch(asked);
  const approval =
    answer.approvalUrl === null ? {} : { oauthApprovalUrl: c.publicUrl.origin + answer.approvalUrl };
  if (answer.kind === 'answer') {
    const notice = answer.notice ?? ({ state: 'ok', provider: answer.provider } as const);
    return { ...readable(c, request, answer), ...approval, notice };
  }
  const { oauthError, oauthErrorText, notice } = answer;
  return {
    rc: 401,
    body: '',
    errors: oauthErrorText === null ? [] : [oauthErrorText],
    ...approval,
    ...(oauthError === null ? {} : { oauthError }),
    ...(oauthErrorText === null ? {} : { oauthErrorText }),
    notice,
  };
}
