/** The start page of an installation without an upstream: what this is, and where everything is. */
import {
  buttonRow,
  copyButton,
  facts,
  fill,
  type Html,
  html,
  linkButton,
  type PageContext,
  type PageRoute,
} from '../../web/index.ts';
import { SIGNATURE_PATH } from '../signature/path.ts';
import { messages } from './messages.ts';
import { ACCESS_PATH, ADMINISTRATION_PATH, DASHBOARDS_PATH } from './paths.ts';

/** The route of the start page. */
export const indexRoute: PageRoute = { method: 'GET', path: '/', access: 'anyone', handle: indexPage };

function indexPage(c: PageContext): Promise<Response> {
  const t = c.messages(messages);
  const address = (label: string, path: string) => {
    const url = c.publicUrl.origin + c.url(path);
    return [label, html`<code>${url}</code> ${copyButton(c, url, label)}`] as const;
  };
  return c.page({
    title: t.indexTitle,
    lead: fill(t.indexLead, { application: c.installationName }),
    body: html`<div class="doors">
<section class="door"><h2>${t.indexUsers}</h2><p>${t.indexUsersText}</p>${buttonRow(linkButton(c, ACCESS_PATH, t.myAccess), linkButton(c, DASHBOARDS_PATH, t.indexDashboards))}</section>
${c.viewer?.user.isAdministrator === false ? '' : administratorsDoor(c)}
</div>
<section><h2>${t.indexDevelopers}</h2>${facts(
      address(t.requestTokenUrl, '/oauth/request-token'),
      address(t.authorizeUrl, '/oauth/authorize'),
      address(t.accessTokenUrl, '/oauth/access-token'),
      address(t.consumerInfoUrl, '/oauth/consumer-info'),
    )}${buttonRow(linkButton(c, SIGNATURE_PATH, t.indexSign), linkButton(c, '/oauth/problems', t.indexProblems))}</section>`,
  });
}

/** Not for somebody who is known to be none. */
function administratorsDoor(c: PageContext): Html {
  const t = c.messages(messages);
  return html`<section class="door"><h2>${t.indexAdministrators}</h2><p>${t.indexAdministratorsText}</p>${buttonRow(linkButton(c, ADMINISTRATION_PATH, t.indexAdministration))}</section>`;
}
