/**
 * `POST /gadgets/makeRequest`: what gadgets ask for, carried here by the script of our own page. Before anything is
 * fetched: the session and its form token (the pages' front door sees to them), the gadget's token, the viewer's
 * share of what this server does at once, and where the request would go.
 */
import { nowSeconds } from '../../base/index.ts';
import {
  AnswerCache,
  type ContainerRequest,
  GadgetRequestRefused,
  judgeAddress,
  outboundPlaces,
  readContainerRequest,
  ViewerTurns,
} from '../../gadgets/index.ts';
import {
  type Answer,
  fill,
  OutboundRefused,
  outboundWords,
  type PageRoute,
  type SignedInContext,
} from '../../web/index.ts';
import { type ContainerAnswer, containerAnswer, refusedAnswer } from './answers.ts';
import type { ContainerDependencies, FrameDependencies } from './dependencies.ts';
import { fetchForGadget } from './fetch-for-gadget.ts';
import { gadgetToken, readGadgetToken } from './gadget-token.ts';
import { messages } from './messages.ts';
import { REQUEST_PATH, TOKEN_PATH } from './paths.ts';

/** Makes requests, with what is kept and counted between them on this node. */
export function requestRoute(deps: ContainerDependencies): PageRoute {
  const cache = new AnswerCache();
  const turns = new ViewerTurns();
  return {
    method: 'POST',
    path: REQUEST_PATH,
    access: 'user',
    async handle(c) {
      const json = c.form.get('request') ?? '';
      const viewer = c.viewer.user.name;
      const wait = turns.begin(viewer, nowSeconds(deps.gadgets.clock));
      if (wait > 0) return containerAnswer('', tooMany(c, wait));
      try {
        return await answerRequest(c, deps, cache, json);
      } finally {
        turns.end(viewer, nowSeconds(deps.gadgets.clock));
      }
    },
  };
}

/** `POST /gadgets/token`: a gadget's token anew, for whom the old one was made. */
export function tokenRoute(deps: FrameDependencies): PageRoute {
  return {
    method: 'POST',
    path: TOKEN_PATH,
    access: 'user',
    async handle(c) {
      const reading = await readGadgetToken(c, deps, c.form.get('token') ?? '');
      if (!('place' in reading)) return containerAnswer('', refusal(c, reading.kind));
      return containerAnswer('', { rc: 200, body: '', token: gadgetToken(c, deps, reading.place) });
    },
  };
}

async function answerRequest(
  c: SignedInContext,
  deps: ContainerDependencies,
  cache: AnswerCache,
  json: string,
): Promise<Answer> {
  const gadget = await readGadgetToken(c, deps, c.form.get('token') ?? '');
  if (gadget.kind !== 'good') return containerAnswer('', refusal(c, gadget.kind));
  let request: ContainerRequest | null = null;
  try {
    request = readContainerRequest(json);
    const places = await outboundPlaces(deps.gadgets);
    const verdict = judgeAddress(places, request.url);
    const answer = verdict.isAllowed
      ? await fetchForGadget(c, deps, cache, { request, gadget, places })
      : refusedAnswer(403, fill(c.messages(messages).notAllowed, { origin: request.url.origin }));
    return containerAnswer(request.address, answer);
  } catch (error) {
    return containerAnswer('', failure(c, request, error));
  }
}

/** What was wrong with the request, or kept it from being answered. @throws whatever else it is */
function failure(c: SignedInContext, request: ContainerRequest | null, error: unknown): ContainerAnswer {
  if (error instanceof OutboundRefused && request !== null)
    return refusedAnswer(error.code === 'timeout' ? 504 : 502, outboundWords(c.locale, request.url, error));
  if (!(error instanceof GadgetRequestRefused)) throw error;
  const { mistake, value } = error;
  return refusedAnswer(400, fill(c.messages(messages).mistakes[mistake], { value }));
}

function refusal(c: SignedInContext, kind: 'wrong' | 'gone' | 'stale'): ContainerAnswer {
  const t = c.messages(messages);
  if (kind === 'stale') return { ...refusedAnswer(401, t.staleToken), isStale: true };
  return kind === 'gone' ? refusedAnswer(410, t.gone) : refusedAnswer(403, t.wrongToken);
}

function tooMany(c: SignedInContext, seconds: number): ContainerAnswer {
  return refusedAnswer(429, fill(c.messages(messages).tooMany, { seconds }));
}
