/**
 * What this server sees of the request for this very page: how it arrived, which proxy was believed and why, and the
 * address that a client has to sign, with the setting to change where these do not agree.
 */
import { type DescribedArrival, type DescribedHeader, describeArrival } from '../../../explain/index.ts';
import {
  badge,
  type Content,
  copyBlock,
  facts,
  html,
  notice,
  type PageContext,
  type SignedInContext,
} from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { journeyTable } from './comparison-view.ts';
import { DIAGNOSIS_PATH, diagnosisMessages } from './words.ts';

/** Answers with the page. */
export function serverPage({ diagnosis }: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(diagnosisMessages);
  const { trustedProxies } = diagnosis;
  const { connection, publicUrl, locale: language } = c;
  const base = publicUrl.href.replace(/\/$/, '');
  return c.page({
    title: t.serverTitle,
    section: 'diagnosis',
    breadcrumbs: [{ label: t.title, path: DIAGNOSIS_PATH }],
    lead: t.serverLead,
    body: html`<section><h2>${t.signThis}</h2>${copyBlock(c, base, t.signThis)}<p class="help">${t.signThisHelp}</p></section>
${connection === null ? '' : arrivalView(c, describeArrival(connection, { publicUrl, trustedProxies, language }))}`,
  });
}

function arrivalView(c: PageContext, arrival: DescribedArrival): Content {
  const t = c.messages(diagnosisMessages);
  const { findings, journey, peerAddress, clientAddress, trust, protection, forwardedHeaders } = arrival;
  return html`<section><h2>${t.findingsTitle}</h2>${
    findings.length === 0
      ? notice('done', html`<p>${t.allWell}</p>`)
      : findings.map(({ advice }) => notice('warning', html`<p>${advice}</p>`))
  }</section>
<section><h2>${t.journeyTitle}</h2>${journeyTable(c, journey)}</section>
<section><h2>${t.connectionTitle}</h2>${facts(
    [t.factPeer, html`<code>${peerAddress}</code>`],
    [t.factClient, html`<code>${clientAddress}</code>`],
    [t.factTrust, trust],
    [t.factSecure, protection],
    [t.factForwarded, headerList(c, forwardedHeaders)],
  )}</section>`;
}

function headerList(c: PageContext, headers: readonly DescribedHeader[]): Content {
  const t = c.messages(diagnosisMessages);
  if (headers.length === 0) return t.noForwarded;
  return html`<ul class="changes">${headers.map(
    ({ name, value, counts, reason }) =>
      html`<li><code class="breakable">${name}: ${value}</code> ${badge(counts ? 'good' : 'off', counts ? t.believed : t.ignored)}<span class="description">${reason}</span></li>`,
  )}</ul>`;
}
