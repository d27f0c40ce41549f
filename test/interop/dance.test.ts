import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { Person } from '../support/person.ts';
import { startPostgres } from '../support/postgres-server.ts';
import {
  type RecordingUpstream,
  type SeenRequest,
  startRecordingUpstream,
} from '../support/recording-upstream.ts';
import { AWKWARD_REQUESTS } from './awkward-requests.ts';
import { FOREIGN_LIBRARIES, type ForeignLibrary } from './foreign-libraries.ts';
import { Peer, type PeerRequest, type PeerResponse, type PeerTask } from './peer.ts';

const ALICE = { username: 'alice', password: 'correct horse battery staple' };
const SECRET = 'Kd94hf93k423kf44pfkkd9xq';

/** A callback with a query of its own, which has to come back with it. Nobody listens there. */
const CALLBACK = 'http://127.0.0.1:9/callback?state=a%26b';

/** @param begin starts what the installation needs beside itself; gives what ends that */
function describeDance(
  title: string,
  libraries: readonly ForeignLibrary[],
  begin: () => Promise<() => Promise<unknown>> = async () => async () => {},
): void {
  describe(title, () => {
    let end: () => Promise<unknown> = async () => {};
    let installation: Installation;
    let upstream: RecordingUpstream;
    let privateKeyFile: string;
    let publicKeyFile: string;

    before(async () => {
      end = await begin();
      upstream = await startRecordingUpstream();
      installation = await startInstallation(['--upstream', upstream.url]);
      const name = ['--display-name', 'Alice Example'];
      await installation.command(
        ['user', 'add', ALICE.username, ...name, '--password-stdin'],
        ALICE.password,
      );
      [privateKeyFile, publicKeyFile] = await writeKeyPair(installation.dataDirectory);
    });
    after(async () => {
      await installation?.stop();
      await upstream?.close();
      await end();
    });

    for (const library of libraries) {
      describe(library.title, () => {
        for (const method of library.methods) {
          it(`performs it with ${method}: token, approval, data as that person, revocation`, async () => {
            const consumerKey = `${library.script}-${method}`.toLowerCase();
            await addConsumer(consumerKey, method);
            await perform(library, taskFor(library, consumerKey, method));
          });
        }
        for (const [name, reason] of Object.entries(library.cannot)) {
          it(`is not asked for ${name}: ${reason}`, () => {
            assert.ok(AWKWARD_REQUESTS.some((request) => request.name === name));
          });
        }
      });
    }

    async function perform(library: ForeignLibrary, task: PeerTask): Promise<void> {
      const person = new Person(installation.url);
      const peer = new Peer(library.command, [library.script], task);
      try {
        const approved = await person.decide(await peer.authorizeUrl(), ALICE, 'Approve');
        const callbackUrl = approved.leftFor ?? '';
        assert.ok(callbackUrl.startsWith(`${CALLBACK}&`), `sent to '${callbackUrl}': ${approved.text}`);
        const responses = await peer.exchange(callbackUrl);
        assert.deepEqual(
          responses.map((one) => one.name),
          task.requests.map((one) => one.name),
        );
        for (const [at, response] of responses.entries()) assertArrived(response, task.requests[at]);

        await person.revoke(nameOf(task.consumerKey));
        const refused = await peer.again();
        assert.equal(refused.status, 401, refused.body);
      } finally {
        peer.stop();
      }
    }

    async function addConsumer(key: string, method: string): Promise<void> {
      const add = ['consumer', 'add', '--key', key, '--name', nameOf(key)];
      if (method.startsWith('RSA')) await installation.command([...add, '--public-key', publicKeyFile]);
      else if (method === 'PLAINTEXT')
        await installation.command([...add, '--allow-plaintext', '--secret-stdin'], SECRET);
      else await installation.command([...add, '--secret-stdin'], SECRET);
    }

    function taskFor(library: ForeignLibrary, consumerKey: string, method: string): PeerTask {
      return {
        requestTokenUrl: `${installation.url}/oauth/request-token`,
        authorizeUrl: `${installation.url}/oauth/authorize`,
        accessTokenUrl: `${installation.url}/oauth/access-token`,
        consumerKey,
        method,
        callback: CALLBACK,
        ...(method.startsWith('RSA') ? { privateKeyFile } : { secret: SECRET }),
        requests: AWKWARD_REQUESTS.filter((request) => !(request.name in library.cannot)).map(
          ({ target, ...request }) => ({ ...request, url: installation.url + target }),
        ),
      };
    }
  });
}

describeDance('the dance with foreign libraries', FOREIGN_LIBRARIES);

const NODE_OAUTH = FOREIGN_LIBRARIES.filter(({ script }) => script === 'node-oauth-peer.js');

describeDance('the dance with foreign libraries over PostgreSQL', NODE_OAUTH, async () => {
  const server = await startPostgres();
  process.env.COUNTERSIGN_DATABASE = await server.createDatabase();
  return () => {
    delete process.env.COUNTERSIGN_DATABASE;
    return server.remove();
  };
});

/** What the consumer is called towards people. */
function nameOf(consumerKey: string): string {
  return `Peer ${consumerKey}`;
}

/** The request went through to the application, unharmed and as the person who approved. */
function assertArrived(response: PeerResponse, request: PeerRequest | undefined): void {
  assert.ok(request !== undefined);
  assert.equal(response.status, 200, `${request.name}: ${response.body}`);
  const seen: SeenRequest = JSON.parse(response.body);
  const asked = new URL(request.url);
  assert.equal(seen.user, ALICE.username, request.name);
  assert.equal(seen.method, request.method, request.name);
  assert.equal(seen.target.split('?')[0], asked.pathname, request.name);
  assert.deepEqual(sortedPairs(seen.target.split('?')[1] ?? ''), sortedPairs(asked.search), request.name);
  assert.equal(seen.headers.authorization, undefined, request.name);
  if (request.form !== undefined)
    assert.deepEqual(sortedPairs(seen.body), [...request.form].sort(), request.name);
  if (request.json !== undefined) assert.equal(seen.body, request.json, request.name);
}

function sortedPairs(form: string): [string, string][] {
  return [...new URLSearchParams(form)].sort();
}

async function writeKeyPair(directory: string): Promise<[privateKeyFile: string, publicKeyFile: string]> {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const files: [string, string] = [join(directory, 'peer-private.pem'), join(directory, 'peer-public.pem')];
  await writeFile(files[0], pair.privateKey, { mode: 0o600 });
  await writeFile(files[1], pair.publicKey);
  return files;
}
