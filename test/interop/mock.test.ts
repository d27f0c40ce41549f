import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '../support/countersign.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

/** The facts that `countersign mock` prints. */
type Facts = Readonly<
  Record<'requestTokenUrl' | 'authorizeUrl' | 'accessTokenUrl' | 'whoamiUrl' | 'url', string>
>;

const DANCE = `
import json, sys
from requests_oauthlib import OAuth1Session

facts = json.loads(sys.argv[1])
def session(**more):
    return OAuth1Session(facts["consumerKey"], client_secret=facts["consumerSecret"], **more)

dance = session(callback_uri="http://127.0.0.1:9/callback")
dance.fetch_request_token(facts["requestTokenUrl"])
approval = dance.get(dance.authorization_url(facts["authorizeUrl"]) + "&mock_user=bob", allow_redirects=False)
dance.parse_authorization_response(approval.headers["Location"])
dance.fetch_access_token(facts["accessTokenUrl"])
known = session(resource_owner_key=facts["accessToken"], resource_owner_secret=facts["accessTokenSecret"])
rsa = OAuth1Session(facts["rsaConsumerKey"], rsa_key=facts["rsaPrivateKey"], signature_method="RSA-SHA1", resource_owner_key="")
refused = known.get(facts["whoamiUrl"], headers={"X-Mock-Fault": "nonce_used"})
print(json.dumps({
    "dance": dance.get(facts["whoamiUrl"]).json()["user"],
    "known": known.get(facts["whoamiUrl"]).json()["user"],
    "rsa": rsa.get(facts["whoamiUrl"]).json()["consumer"],
    "refused": [refused.status_code, "nonce_used" in refused.text],
}))
`;

describe('countersign mock', () => {
  let child: ChildProcess;
  let facts: Facts;
  before(async () => {
    child = spawn(`${ROOT}bin/countersign`, ['mock'], { stdio: ['ignore', 'pipe', 'inherit'] });
    facts = await readDocument(child);
  });
  after(() => child?.kill('SIGKILL'));

  it('is a provider for requests-oauthlib: dance, known token, RSA key, faults', () => {
    const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', DANCE, JSON.stringify(facts)], {
      encoding: 'utf8',
      env: { ...process.env, OAUTHLIB_INSECURE_TRANSPORT: '1' },
    });
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), {
      dance: 'bob',
      known: 'alice',
      rsa: 'mock-rsa-consumer',
      refused: [401, true],
    });
  });

  it('leaves with 2 for a fault that there is not, and with 1 for a port that is taken', async () => {
    const wrong = await runCommand(['mock', '--fault', 'catastrophe']);
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /slow:MILLISECONDS/);
    assert.equal((await runCommand(['mock', '--listen', 'nowhere'])).status, 2);
    const taken = await runCommand(['mock', '--listen', new URL(facts.url).host]);
    assert.equal(taken.status, 1);
    assert.match(taken.stderr, /cannot listen on .*EADDRINUSE/);
  });

  it('ends in order when it is told to', async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    assert.equal(await ended, 0);
  });

  it('has no fact that its guide leaves out', () => {
    const guide = readFileSync(`${ROOT}docs/guide/mock.md`, 'utf8');
    const names = ['requestTokenUrl', 'authorizeUrl', 'accessTokenUrl', 'whoamiUrl'];
    for (const name of names) assert.ok(guide.includes(name), name);
    for (const word of ['mock-consumer', 'mock-rsa-consumer', 'mock-access-token-secret', 'alice', 'bob']) {
      assert.ok(guide.includes(word), word);
    }
  });
});

/** The one JSON document that a program prints and then keeps running. */
async function readDocument(child: ChildProcess): Promise<Facts> {
  let text = '';
  for await (const chunk of child.stdout!) {
    text += chunk;
    if (text.endsWith('}\n')) break;
  }
  return JSON.parse(text) as Facts;
}
