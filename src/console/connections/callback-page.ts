/**
 * Where providers send our users back to. Only the browser session and the user that began can finish, once: the
 * record that `beginConnection` made is taken for them alone. Everything else that comes here gets a page that says
 * what may have happened; it tells nothing about other people's requests.
 */
import {
  type ConnectionOutcome,
  finishConnection,
  type ProviderTrouble,
  readConnectionCallback,
} from '../../consumer/index.ts';
import {
  buttonRow,
  errorBody,
  facts,
  fill,
  html,
  linkButton,
  type PageRoute,
  problemWords,
  type SignedInContext,
  troubleWords,
} from '../../web/index.ts';
import { connectForm } from './connect-form.ts';
import type { ConnectionsDependencies } from './dependencies.ts';
import { messages } from './messages.ts';
import { CALLBACK_PATHS, CONNECTIONS_PATH } from './paths.ts';

/** The callback, at both of its addresses. */
export function callbackRoutes(deps: ConnectionsDependencies): readonly PageRoute[] {
  return CALLBACK_PATHS.map((path) => ({
    method: 'GET',
    path,
    access: 'user',
    inPopup: true,
    handle: (c) => finish(deps, c),
  }));
}

async function finish({ consumer }: ConnectionsDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const callback = readConnectionCallback(c.query);
  if (callback === null) return unknownPage(c);
  const { user, session } = c.viewer;
  const owner = { sessionHash: session.hash, userName: user.name };
  const outcome = await finishConnection(consumer, { callback, ...owner });
  if (outcome.kind !== 'unknown' && outcome.gadgetUrl !== null) return toGadget(c, outcome);
  switch (outcome.kind) {
    case 'connected':
      return c.redirect(outcome.returnTo, fill(t.connected, { provider: outcome.connection.providerName }));
    case 'denied':
      return deniedPage(c, outcome);
    case 'failed':
      return failedPage(c, outcome);
    case 'unknown':
      return unknownPage(c);
  }
}

/** Gadgets wait elsewhere for how it went, in a window of their own most often. */
function toGadget(
  c: SignedInContext,
  outcome: Exclude<ConnectionOutcome, { readonly kind: 'unknown' }>,
): Response {
  const told = new URLSearchParams({ outcome: outcome.kind });
  if (outcome.kind === 'denied') told.set('problem', outcome.problem);
  if (outcome.kind === 'failed') told.set('problem', problemOf(outcome.error) ?? outcome.error.code);
  return c.redirect(`${outcome.returnTo}${outcome.returnTo.includes('?') ? '&' : '?'}${told}`);
}

function problemOf(error: ProviderTrouble): string | null {
  return 'problem' in error ? error.problem : null;
}

function deniedPage(
  c: SignedInContext,
  { provider, problem, returnTo }: ConnectionOutcome & { readonly kind: 'denied' },
): Promise<Response> {
  const t = c.messages(messages);
  return c.page({
    title: t.deniedTitle,
    shape: 'card',
    formLeadsAway: true,
    body: html`<p>${fill(t.deniedText, { provider, application: c.installationName })}</p><p>${t.deniedNext}</p>
${facts([t.reason, html`<code>${problem}</code>`])}
${buttonRow(linkButton(c, CONNECTIONS_PATH, t.backToList), connectForm(c, { provider, label: fill(t.connectNamed, { provider }), returnTo }))}`,
  });
}

function failedPage(
  c: SignedInContext,
  { provider, error, returnTo }: ConnectionOutcome & { readonly kind: 'failed' },
): Promise<Response> {
  const t = c.messages(messages);
  const problem = problemOf(error);
  return c.page({
    title: fill(t.failedTitle, { provider }),
    shape: 'card',
    status: 502,
    formLeadsAway: true,
    body: errorBody(
      c,
      troubleWords(c, error),
      html`<p>${t.failedNext}</p>
${problem === null ? '' : facts([t.reason, html`<code>${problem}</code> ${problemWords(c, problem)}`])}
${buttonRow(connectForm(c, { provider, label: fill(t.connectNamed, { provider }), returnTo }), linkButton(c, CONNECTIONS_PATH, t.backToList))}`,
    ),
  });
}

/** The same for what never was, is over, was used, or is somebody else's. */
function unknownPage(c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const reasons = [t.unknownReplayed, t.unknownLate, t.unknownOther, t.unknownForeign];
  return c.page({
    title: t.unknownTitle,
    shape: 'card',
    status: 400,
    body: errorBody(
      c,
      t.unknownText,
      html`<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul><p>${t.unknownNext}</p>
${buttonRow(linkButton(c, CONNECTIONS_PATH, t.toConnections, 'primary'))}`,
    ),
  });
}
