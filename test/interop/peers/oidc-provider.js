/**
 * An OpenID provider made with npm `oidc-provider`: it knows Carol (in the group of administrators) and Alice, asks
 * on a page who it is, and lets the person cancel. Takes its address and the client's callback from the environment
 * and prints `listening URL`. Approving which claims are told is done here by hand.
 */
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const { PORT, CALLBACK, CLIENT_SECRET } = process.env;
const issuer = `http://localhost:${PORT}`;
const PEOPLE = {
  'person-1': { preferred_username: 'carol', name: 'Carol Example', groups: ['staff', 'keepers'] },
  'person-2': { preferred_username: 'alice', name: 'Alice Elsewhere', groups: [] },
};

const provider = new Provider(issuer, {
  clients: [{ client_id: 'countersign', client_secret: CLIENT_SECRET, redirect_uris: [CALLBACK] }],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'], email: ['email'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  cookies: { keys: ['of the test'] },
  findAccount: (_context, accountId) => ({
    accountId,
    claims: () => ({ sub: accountId, ...PEOPLE[accountId] }),
  }),
  async loadExistingGrant({ oidc }) {
    const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid profile email');
    await grant.save();
    return grant;
  },
});
const answerProtocol = provider.callback();

createServer((request, response) => {
  if (!request.url.startsWith('/interaction/')) return answerProtocol(request, response);
  if (request.method === 'GET') return showPeople(response);
  return finish(request, response);
}).listen(Number(PORT), 'localhost', () => process.stdout.write(`listening ${issuer}\n`));

function showPeople(response) {
  const buttons = Object.entries(PEOPLE).map(
    ([id, { name }]) => `<button name="person" value="${id}">${name}</button>`,
  );
  response.setHeader('Content-Type', 'text/html');
  response.end(`<!doctype html><title>Who are you?</title><main><form method="post">${buttons.join('')}
<button name="person" value="">Cancel</button></form></main>`);
}

async function finish(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const accountId = new URLSearchParams(body).get('person');
  const result = accountId ? { login: { accountId } } : { error: 'access_denied' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}
