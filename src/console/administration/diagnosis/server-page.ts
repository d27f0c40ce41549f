/**
 * What this server sees of the request for this very page: how it arrived, which proxy was believed and why, and the
 * address that a client has to sign, with the setting to change where these do not agree.
 */
import { describeJourney } from '../../../explain/index.ts';
import {
  type ConnectionFacts,
  type Content,
  copyBlock,
  facts,
  fill,
  html,
  notice,
  type PageContext,
  type SignedInContext,
} from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { journeyTable } from './comparison-view.ts';
import { findServerTrouble } from './server-findings.ts';
import { DIAGNOSIS_PATH, diagnosisMessages } from './words.ts';

/** Answers with the page. */
export function serverPage({ diagnosis }: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(diagnosisMessages);
  const base = c.publicUrl.href.replace(/\/$/, '');
  return c.page({
    title: t.serverTitle,
    section: 'diagnosis',
    breadcrumbs: [{ label: t.title, path: DIAGNOSIS_PATH }],
    lead: t.serverLead,
    body: html`<section><h2>${t.signThis}</h2>${copyBlock(c, base, t.signThis)}<p class="help">${t.signThisHelp}</p></section>
${c.connection === null ? '' : connectionView(c, c.connection, diagnosis.trustedProxies)}`,
  });
}

function connectionView(
  c: PageContext,
  connection: ConnectionFacts,
  trustedProxies: readonly string[],
): Content {
  const t = c.messages(diagnosisMessages);
  const baseUri = c.publicUrl.origin + connection.target.split('?', 1)[0];
  const forwarded = Object.entries(connection.forwarded);
  return html`<section><h2>${t.findingsTitle}</h2>${findings(c, connection)}</section>
<section><h2>${t.journeyTitle}</h2>${journeyTable(c, describeJourney(baseUri, null, connection))}</section>
<section><h2>${t.connectionTitle}</h2>${facts(
    [t.factPeer, html`<code>${connection.peerAddress}</code>`],
    [t.factClient, html`<code>${connection.clientAddress}</code>`],
    [t.factTrust, trustWords(c, connection, trustedProxies)],
    [t.factSecure, connection.isSecureTransport ? t.secureYes : t.secureNo],
    [
      t.factForwarded,
      forwarded.length === 0
        ? t.noForwarded
        : html`<ul class="changes">${forwarded.map(([name, value]) => html`<li><code class="breakable">${name}: ${value}</code></li>`)}</ul>`,
    ],
  )}</section>`;
}

function findings(c: PageContext, connection: ConnectionFacts): Content {
  const t = c.messages(diagnosisMessages);
  const found = findServerTrouble(connection, c.publicUrl);
  if (found.length === 0) return notice('done', html`<p>${t.allWell}</p>`);
  return found.map(({ code, values }) => notice('warning', html`<p>${fill(t.findings[code], values)}</p>`));
}

function trustWords(
  c: PageContext,
  { isTrustedProxy }: ConnectionFacts,
  trustedProxies: readonly string[],
): string {
  const t = c.messages(diagnosisMessages);
  if (trustedProxies.length === 0) return t.trustNone;
  return fill(isTrustedProxy ? t.trustYes : t.trustNo, { list: trustedProxies.join(', ') });
}
