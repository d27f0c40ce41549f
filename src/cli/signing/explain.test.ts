import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '../../../test/support/countersign.ts';
import { CHECK_NAMES, type Explanation } from '../../explain/index.ts';
import { type SigningInput, signRequest } from '../../oauth/index.ts';

const SECRET = 'Kd94hf93k423kf44pfkkd9xq';
const TOKEN_SECRET = 'Zt8k2mfp0wqx7u6s5r4v3y1a';
const PUBLIC_URL = 'https://tracker.example.com';

let directory: string;
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'countersign-explain-'));
  await writeFile(join(directory, 'secret'), `${SECRET}\n`);
  await writeFile(join(directory, 'token-secret'), TOKEN_SECRET);
});
after(() => rm(directory, { recursive: true, force: true }));

/** A signed request as a curl command. */
function curl(url: string, changes: Partial<SigningInput> = {}): string {
  const signed = signRequest({
    method: 'GET',
    url,
    consumerKey: 'wiki',
    key: { kind: 'shared-secret', consumerSecret: SECRET, tokenSecret: TOKEN_SECRET },
    signatureMethod: 'HMAC-SHA1',
    timestamp: Math.floor(Date.now() / 1000),
    nonce: 'jU27sgYe63jsjH',
    token: 'Ab12Cd34Ef56Gh78',
    ...changes,
  });
  return `curl -H 'Authorization: ${signed.authorization}' '${signed.url}'`;
}

function credential(): string[] {
  const file = (name: string) => join(directory, name);
  return ['--secret-file', file('secret'), '--token-secret-file', file('token-secret')];
}

function explain(args: readonly string[], input: string) {
  return runCommand(['explain', ...credential(), ...args], input);
}

async function explained(args: readonly string[], input: string): Promise<Explanation> {
  const { status, stdout, stderr } = await explain([...args, '--json'], input);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Explanation;
}

describe('countersign explain, without an installation', () => {
  it('names the mistake, and what to do about it', async () => {
    const request = curl('http://tracker.example.com/rest/issues');
    const { problem, causes } = await explained(['--public-url', PUBLIC_URL], request);
    assert.equal(problem, 'signature_invalid');
    assert.deepEqual(
      causes.map(({ code }) => code),
      ['signed-http-for-https'],
    );
    const { stdout } = await explain(['--public-url', PUBLIC_URL], request);
    assert.match(stdout, /✘ This request is refused: signature_invalid/);
    assert.match(stdout, /≠ address {2}← the first difference/);
    assert.match(stdout, /1\. Signed with http/);
  });

  it('prints the agreed document as JSON, and nothing beside it', async () => {
    const explanation = await explained([], curl('https://tracker.example.com/rest/issues'));
    assert.deepEqual(
      explanation.checks.map(({ name }) => name),
      CHECK_NAMES,
    );
    for (const check of explanation.checks) {
      assert.deepEqual(Object.keys(check).sort(), ['name', 'ours', 'outcome', 'yours']);
    }
    for (const member of ['requestId', 'problem', 'baseString', 'causes'])
      assert.ok(member in explanation, member);
    assert.equal(explanation.problem, null);
    assert.deepEqual(explanation.causes, []);
  });

  it('names what it left out of the request, such as a body in a file', async () => {
    const request = `${curl('https://tracker.example.com/rest/issues')} -d @body.txt`;
    const { ignored } = (await explained([], request)) as unknown as { ignored: string[] };
    assert.deepEqual(ignored, ['@body.txt']);
    assert.match((await explain([], request)).stdout, /left out\n {2}@body\.txt/);
  });

  it('leaves with 0 for a request that would be accepted, and says so in the language asked for', async () => {
    const { status, stdout } = await explain(
      ['--lang', 'ja'],
      curl('https://tracker.example.com/rest/issues'),
    );
    assert.equal(status, 0);
    assert.match(stdout, /受け入れられます/);
  });

  it('judges the clock by the moment it is given', async () => {
    const { problem, checks } = await explained(
      ['--at', '2026-01-31T12:00:00Z'],
      curl('https://tracker.example.com/'),
    );
    assert.equal(problem, 'timestamp_refused');
    assert.equal(checks.find(({ name }) => name === 'clock')?.outcome, 'failed');
  });

  it('compares with the base string that the client printed', async () => {
    const printed = join(directory, 'printed');
    await writeFile(printed, 'GET&https%3A%2F%2Ftracker.example.com%2Fother&a%3D1\n');
    const { baseString } = await explained(
      ['--base-string', printed],
      curl('https://tracker.example.com/rest/issues'),
    );
    assert.equal(baseString.source, 'printed');
    assert.equal(baseString.rows[baseString.firstDifference]?.part, 'address');
  });

  it('reads a HAR file and raw HTTP as well', async () => {
    const line = curl('https://tracker.example.com/rest/issues');
    const value = /OAuth [^']*/.exec(line)![0];
    const har = {
      method: 'GET',
      url: 'https://tracker.example.com/rest/issues',
      headers: [{ name: 'Authorization', value }],
    };
    const file = join(directory, 'session.har');
    await writeFile(file, JSON.stringify(har));
    assert.equal((await explained(['--har', file], '')).problem, null);
    const raw = `GET /rest/issues HTTP/1.1\r\nHost: tracker.example.com\r\nAuthorization: ${value}\r\n\r\n`;
    assert.equal((await explained(['-'], raw)).problem, null);
    const local = /OAuth [^']*/.exec(curl('http://127.0.0.1:8080/rest'))![0];
    const head = `GET /rest HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAuthorization: ${local}\r\n\r\n`;
    assert.equal((await explained([], head)).problem, null);
  });

  it('says nothing of a secret, a whole token or the right signature', async () => {
    const right = curl('https://tracker.example.com/rest/issues', { timestamp: 1_700_000_000 });
    const wrong = right.replace(
      /oauth_signature="[^"]*"/,
      'oauth_signature="AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D"',
    );
    const signature = decodeURIComponent(/oauth_signature="([^"]*)"/.exec(right)![1]!);
    for (const form of [[], ['--json']]) {
      const { stdout } = await explain(form, wrong);
      for (const canary of [SECRET, TOKEN_SECRET, signature, 'Ab12Cd34Ef56Gh78']) {
        assert.ok(!stdout.includes(canary), canary);
      }
    }
  });

  it('shows control characters of a request as escapes, and colours only to a terminal', async () => {
    const { stdout } = await explain(
      [],
      curl('https://tracker.example.com/?a=%1b%5b2J', { nonce: 'a\u001b[2Jb' }),
    );
    assert.ok(!stdout.includes('\u001b'), stdout);
  });
});

describe('countersign explain, when it cannot', () => {
  it('leaves with 1 and says what is accepted', async () => {
    for (const input of ['', 'good morning']) {
      const { status, stdout, stderr } = await explain([], input);
      assert.equal(status, 1);
      assert.equal(stdout, '');
      assert.match(stderr, /Accepted are a raw HTTP request, a curl command, a HAR file/);
    }
    assert.equal((await explain(['--curl', join(directory, 'missing')], '')).status, 1);
  });

  it('leaves with 2 for a usage that makes no sense', async () => {
    const request = curl('https://tracker.example.com/');
    for (const wrong of [['--curl', 'a', '--har', 'b'], ['--lang', 'xx'], ['--at', 'noon'], ['somewhere']]) {
      assert.equal((await explain(wrong, request)).status, 2, wrong.join(' '));
    }
    const nowhere = ['explain', '--data', join(directory, 'nothing')];
    const { status, stderr } = await runCommand(nowhere, request);
    assert.equal(status, 2);
    assert.match(stderr, /--secret-stdin/);
    assert.equal((await runCommand(['explain', '--secret-stdin'], request)).status, 2);
  });
});

describe('countersign explain, on an installation’s data', () => {
  const data = () => ['--data', join(directory, 'data'), '--json'];

  async function explainedThere(request: string): Promise<Explanation> {
    const { status, stdout, stderr } = await runCommand(
      ['explain', '--public-url', PUBLIC_URL, ...data()],
      request,
    );
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as Explanation;
  }

  before(async () => {
    const facts = ['--key', 'wiki', '--name', 'Wiki', '--two-legged', '--secret-stdin'];
    assert.equal((await runCommand(['consumer', 'add', ...facts, ...data()], SECRET)).status, 0);
  });

  it('knows the consumer and its secret', async () => {
    const twoLegged = {
      token: '',
      key: { kind: 'shared-secret', consumerSecret: SECRET, tokenSecret: '' },
    } as const;
    assert.equal((await explainedThere(curl(`${PUBLIC_URL}/rest`, twoLegged))).problem, null);
    const { problem, causes } = await explainedThere(curl('http://tracker.example.com/rest', twoLegged));
    assert.equal(problem, 'signature_invalid');
    assert.equal(causes[0]?.code, 'signed-http-for-https');
  });

  it('says that a consumer is not registered', async () => {
    const { problem } = await explainedThere(curl(`${PUBLIC_URL}/rest`, { consumerKey: 'stranger' }));
    assert.equal(problem, 'consumer_key_unknown');
  });
});
