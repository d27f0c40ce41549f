/**
 * Gadgets as somebody else would publish them, on a server of their own: one that shows its viewer's data of a linked
 * installation, one that shows something to everybody, and one that opens the approval by itself, as old gadgets do.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server with specs. */
export interface GadgetSpecs {
  /** Address of a spec. */
  url(name: 'mine' | 'open' | 'popup'): string;
  close(): Promise<void>;
}

/** Starts it on a free port of the loopback interface. @param trackerUrl where the data is */
export async function startGadgetSpecs(trackerUrl: string): Promise<GadgetSpecs> {
  const server = createServer((request, response) => {
    const name = /^\/(mine|open|popup)\.xml$/.exec(request.url ?? '')?.[1];
    response.writeHead(name === undefined ? 404 : 200, { 'content-type': 'text/xml; charset=utf-8' });
    response.end(name === undefined ? '' : SPECS[name as keyof typeof SPECS](trackerUrl));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (name) => `http://127.0.0.1:${port}/${name}.xml`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const SPECS = {
  mine: (tracker: string) =>
    spec(
      tracker,
      'Mine there',
      `ask('/rest/mine', 'always', function (answer) {
         show(answer.data ? 'data of ' + answer.data.user : answer.oauthApprovalUrl ? 'not approved' : 'nothing: ' + answer.oauthError);
       });`,
    ),
  open: (tracker: string) =>
    spec(
      tracker,
      'Open there',
      `ask('/open/news', 'if_available', function (answer) {
         show(answer.data ? 'news for ' + (answer.data.user || 'everybody') : 'nothing');
       });`,
    ),
  popup: (tracker: string) =>
    spec(
      tracker,
      'Popup of its own',
      `function load() {
         ask('/rest/mine', 'always', function (answer) {
           if (!answer.oauthApprovalUrl) return show(answer.data ? 'data of ' + answer.data.user : 'nothing');
           var popup = new gadgets.oauth.Popup(answer.oauthApprovalUrl, 'width=600,height=400', null, load);
           var button = document.createElement('button');
           button.textContent = 'Personalise';
           button.onclick = popup.createOpenerOnClick();
           document.getElementById('main').replaceChildren(button);
         });
       }
       load();`,
      '<Require feature="oauthpopup"/>',
    ),
};

function spec(tracker: string, title: string, script: string, features = ''): string {
  const oauth = `${tracker}/plugins/servlet/oauth`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Module>
  <ModulePrefs title="${title}" height="120">
    ${features}
    <OAuth>
      <Service name="issues">
        <Request url="${oauth}/request-token" method="POST"/>
        <Access url="${oauth}/access-token" method="POST"/>
        <Authorization url="${oauth}/authorize"/>
      </Service>
    </OAuth>
  </ModulePrefs>
  <Content type="html"><![CDATA[
    <div id="main">loading</div>
    <script>
      function show(text) { document.getElementById('main').textContent = text; }
      function ask(path, use, done) {
        var parameters = {};
        parameters[gadgets.io.RequestParameters.CONTENT_TYPE] = gadgets.io.ContentType.JSON;
        parameters[gadgets.io.RequestParameters.AUTHORIZATION] = gadgets.io.AuthorizationType.OAUTH;
        parameters[gadgets.io.RequestParameters.OAUTH_SERVICE_NAME] = 'issues';
        parameters[gadgets.io.RequestParameters.OAUTH_USE_TOKEN] = use;
        gadgets.io.makeRequest('${tracker}' + path, done, parameters);
      }
      ${script}
    </script>
  ]]></Content>
</Module>`;
}
