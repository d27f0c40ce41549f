/**
 * A gadget's request with its viewer's token, as the container asks for it: the outcome becomes what the gadget is
 * told in the words of `gadgets.io`, and the notice that the page shows around it. Whatever goes wrong is said about
 * this gadget and this provider; the others on the page know nothing of it.
 */
import { nowSeconds } from '../../base/index.ts';
import { ProviderAnswerRefused, type ProviderTrouble, ProviderUnreachable } from '../../consumer/index.ts';
import {
  type AskedRequest,
  type AuthorizedAnswer,
  type AuthorizedFetch,
  authorizedFetch,
  type GadgetNotice,
  type GadgetOutcome,
} from '../../gadgets/index.ts';
import { fill } from '../../web/index.ts';
import { ticketAddress } from './approval-ticket.ts';
import type { ApprovalDependencies } from './dependencies.ts';
import { messages } from './messages.ts';
import { answerState, approvalState, type StateWords, troubleState } from './notice-words.ts';
import { APPROVE_PATH, INSPECT_PATH } from './paths.ts';

/** Makes the function that the container calls. */
export function createAuthorizedFetch(deps: ApprovalDependencies): AuthorizedFetch {
  return async (asked) => {
    const { viewer, gadget, serviceName, useToken, request } = asked;
    const { url, maxBytes, timeoutMs, body, ...rest } = request;
    const outcome = await authorizedFetch(deps.oauth, {
      userName: viewer.user.name,
      specUrl: gadget.specUrl,
      services: gadget.spec.oauthServices,
      serviceName,
      useToken,
      request: { ...rest, url: url.href, ...(body !== null && { body }) },
      bounds: { maxBytes, timeoutMs },
    });
    return answerTo(deps, asked, outcome);
  };
}

function answerTo(deps: ApprovalDependencies, asked: AskedRequest, outcome: GadgetOutcome): AuthorizedAnswer {
  const { locale, gadget } = asked;
  switch (outcome.kind) {
    case 'answer':
      return passedOn(deps, asked, outcome);
    case 'needs-approval': {
      const { provider, reason } = outcome;
      const words = approvalState(locale, provider, gadget.title, reason);
      const notice = noticeOf(deps, asked, provider, words);
      const oauthErrorText = reason === 'not-connected' ? null : words.text;
      return { kind: 'refused', approvalUrl: notice.approvalUrl, oauthError: null, oauthErrorText, notice };
    }
    case 'trouble': {
      const notice = noticeOf(deps, asked, outcome.provider, troubleState(locale, outcome.trouble));
      return refused(errorCode(outcome.trouble), notice);
    }
    case 'unknown-service': {
      const sentence = outcome.why === 'not-in-spec' ? 'serviceNotInSpec' : 'serviceUnknown';
      const text = fill(messages[locale][sentence], { service: outcome.service });
      const state = 'service-unknown';
      const nowhere = { approvalUrl: null, inspectUrl: null, hasContent: false };
      const notice = { state, provider: outcome.service, text, ...nowhere } as const;
      return refused('BAD_OAUTH_CONFIGURATION', notice);
    }
  }
}

function passedOn(
  deps: ApprovalDependencies,
  asked: AskedRequest,
  { provider, answer, missing, refusal }: GadgetOutcome & { readonly kind: 'answer' },
): AuthorizedAnswer {
  const { locale, gadget } = asked;
  const hasData = answer.status < 400;
  const isOpenData = missing === 'not-connected' && hasData;
  const invitation = { state: 'anonymous', text: fill(messages[locale].anonymous, { provider }) } as const;
  const words =
    answerState(locale, provider, answer.status, refusal) ??
    (isOpenData ? invitation : missing && approvalState(locale, provider, gadget.title, missing));
  const notice = words ? noticeOf(deps, asked, provider, words, hasData) : null;
  return { kind: 'answer', provider, ...answer, approvalUrl: notice?.approvalUrl ?? null, notice };
}

function refused(oauthError: string, notice: GadgetNotice): AuthorizedAnswer {
  return { kind: 'refused', approvalUrl: null, oauthError, oauthErrorText: notice.text, notice };
}

/** Gadgets with this feature have a button of their own that opens the approval. */
const OWN_APPROVAL = 'oauthpopup';

/** States in which approving is what helps. */
const APPROVABLE: ReadonlySet<string> = new Set(['anonymous', 'needs-approval', 'expired', 'revoked']);

function noticeOf(
  deps: ApprovalDependencies,
  { viewer, gadget, dashboardId, moduleId }: AskedRequest,
  provider: string,
  { state, text }: StateWords,
  hasData = false,
): GadgetNotice {
  const prefix = deps.publicUrl.pathname.replace(/\/+$/, '');
  const approval = { provider, specUrl: gadget.specUrl, dashboardId, moduleId };
  const holder = { sessionHash: viewer.session.hash, now: nowSeconds(deps.oauth.consumer.clock) };
  const address = (path: typeof APPROVE_PATH | typeof INSPECT_PATH) =>
    prefix + ticketAddress(deps, path, approval, holder);
  return {
    state,
    provider,
    hasContent: hasData || gadget.spec.features.some(({ name }) => name === OWN_APPROVAL),
    text,
    approvalUrl: APPROVABLE.has(state) ? address(APPROVE_PATH) : null,
    inspectUrl: state === 'anonymous' ? null : address(INSPECT_PATH),
  };
}

/** Codes that gadgets know from other containers. */
function errorCode(trouble: ProviderTrouble): string {
  if (trouble instanceof ProviderUnreachable) return 'MISSING_SERVER_RESPONSE';
  if (trouble instanceof ProviderAnswerRefused) {
    return trouble.code === 'token-missing' ? 'MISSING_OAUTH_PARAMETER' : 'UNKNOWN_PROBLEM';
  }
  switch (trouble.code) {
    case 'invalid-url':
    case 'other-origin':
    case 'path-not-allowed':
      return 'INVALID_URL';
    case 'method-not-allowed':
      return 'UNSUPPORTED_HTTP_METHOD';
    case 'protocol-parameter':
    case 'malformed-form':
    case 'form-with-body':
      return 'INVALID_PARAMETER';
    case 'no-addresses':
      return 'BAD_OAUTH_TOKEN_URL';
    default:
      return 'BAD_OAUTH_CONFIGURATION';
  }
}
