/** Beginning a connection and renewing one by hand; what stops either becomes a page that says what to do. */
import {
  beginConnection,
  ConnectionNeedsApproval,
  isProviderTrouble,
  type ProviderTrouble,
  renewConnection,
} from '../../consumer/index.ts';
import {
  approvalWords,
  buttonRow,
  errorBody,
  fill,
  html,
  linkButton,
  localPathOr,
  type PageRoute,
  type SignedInContext,
  troubleWords,
} from '../../web/index.ts';
import { connectForm } from './connect-form.ts';
import type { ConnectionsDependencies } from './dependencies.ts';
import { refuseTooMany } from './limit.ts';
import { messages } from './messages.ts';
import { gonePage, ownConnection } from './own-connection.ts';
import { CONNECT_PATH, CONNECTIONS_PATH, callbackUrl, RENEW_PATH } from './paths.ts';

/** The routes that act on the provider. A GET of one, as after logging in again, leads to the list. */
export function connectRoutes(deps: ConnectionsDependencies): readonly PageRoute[] {
  const toList = (c: SignedInContext) => c.redirect(CONNECTIONS_PATH);
  return [
    { method: 'GET', path: CONNECT_PATH, access: 'user', handle: toList },
    { method: 'POST', path: CONNECT_PATH, access: 'user', handle: (c) => connect(deps, c) },
    { method: 'GET', path: RENEW_PATH, access: 'user', handle: toList },
    { method: 'POST', path: RENEW_PATH, access: 'user', handle: (c) => renew(deps, c) },
  ];
}

async function connect(
  { consumer, storage }: ConnectionsDependencies,
  c: SignedInContext,
): Promise<Response> {
  const limited = await refuseTooMany(storage, c);
  if (limited !== null) return limited;
  const t = c.messages(messages);
  const { user, session } = c.viewer;
  const provider = c.field('provider');
  try {
    const { location } = await beginConnection(consumer, {
      providerName: provider,
      userName: user.name,
      sessionHash: session.hash,
      callbackUrl: callbackUrl(c),
      returnTo: localPathOr(c.field('returnTo'), CONNECTIONS_PATH),
    });
    return c.leaveFor(location);
  } catch (error) {
    if (!isProviderTrouble(error)) throw error;
    return troublePage(c, fill(t.beginFailedTitle, { provider }), error);
  }
}

async function renew(deps: ConnectionsDependencies, c: SignedInContext): Promise<Response> {
  const limited = await refuseTooMany(deps.storage, c);
  if (limited !== null) return limited;
  const t = c.messages(messages);
  const connection = await ownConnection(deps, c, c.field('id'));
  if (connection === null) return gonePage(c);
  const provider = connection.providerName;
  try {
    await renewConnection(deps.consumer, connection);
    return c.redirect(CONNECTIONS_PATH, fill(t.renewed, { provider }));
  } catch (error) {
    if (error instanceof ConnectionNeedsApproval) return needsApprovalPage(c, error);
    if (!isProviderTrouble(error)) throw error;
    return troublePage(c, fill(t.renewFailedTitle, { provider }), error);
  }
}

/** Says why, and leads administrators to the test, which shows each step. */
export function troublePage(c: SignedInContext, title: string, trouble: ProviderTrouble): Promise<Response> {
  const t = c.messages(messages);
  const test = `/oauth/admin/service-providers/view?${new URLSearchParams({ name: trouble.provider })}`;
  const isTestable = c.viewer.user.isAdministrator && trouble.code !== 'unknown-provider';
  return c.page({
    title,
    section: 'connections',
    breadcrumbs: [{ label: t.title, path: CONNECTIONS_PATH }],
    status: 502,
    body: errorBody(
      c,
      troubleWords(c, trouble),
      html`<p>${t.beginFailedNext}</p>${buttonRow(
        linkButton(c, CONNECTIONS_PATH, t.backToList, 'primary'),
        isTestable ? linkButton(c, test, t.testThis) : '',
      )}`,
    ),
  });
}

function needsApprovalPage(c: SignedInContext, error: ConnectionNeedsApproval): Promise<Response> {
  const t = c.messages(messages);
  const { provider } = error;
  return c.page({
    title: fill(t.needsApprovalTitle, { provider }),
    section: 'connections',
    breadcrumbs: [{ label: t.title, path: CONNECTIONS_PATH }],
    status: 409,
    formLeadsAway: true,
    body: html`<p>${approvalWords(c, error)}</p>${buttonRow(
      connectForm(c, { provider, label: t.approve }),
      linkButton(c, CONNECTIONS_PATH, t.backToList),
    )}`,
  });
}
