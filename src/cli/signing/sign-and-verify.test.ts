import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '../../../test/support/countersign.ts';

/** The example of RFC 5849 s1.2: the request for temporary credentials. */
const RFC = {
  url: 'https://photos.example.net/initiate',
  secret: 'kd94hf93k423kf44',
  args: ['--consumer-key', 'dpf43f3p2l4k3l03', '--timestamp', '137131200', '--nonce', 'wIjqoxSlgN'],
};

let directory: string;
const file = (name: string) => join(directory, name);
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'countersign-sign-'));
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(file('secret'), RFC.secret);
  await writeFile(file('wrong-secret'), 'another');
  await writeFile(file('private.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(file('public.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
});
after(() => rm(directory, { recursive: true, force: true }));

type Signed = Readonly<
  Record<'baseString' | 'signature' | 'key' | 'curl' | 'authorization' | 'form', string>
>;

async function sign(args: readonly string[], input?: string): Promise<Signed> {
  const { status, stdout, stderr } = await runCommand(['sign', ...args, '--json'], input);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Signed;
}

function verify(curl: string, ...credential: string[]) {
  return runCommand(['verify', ...credential], curl);
}

describe('countersign sign', () => {
  it('shows each text on the way, and the secrets in none of them', async () => {
    const args = ['POST', RFC.url, ...RFC.args, '--secret-stdin'];
    const { status, stdout } = await runCommand(['sign', ...args], RFC.secret);
    assert.equal(status, 0);
    assert.match(stdout, /oauth_nonce=wIjqoxSlgN\n/);
    assert.match(
      stdout,
      /POST&https%3A%2F%2Fphotos\.example\.net%2Finitiate&oauth_consumer_key%3Ddpf43f3p2l4k3l03/,
    );
    assert.match(stdout, /\[16 characters\]&/);
    assert.match(stdout, /^curl -X POST -H 'Authorization: OAuth /m);
    assert.doesNotMatch(stdout, new RegExp(RFC.secret));
  });

  it('carries the parameters in header, query or body, and adds a hash for other bodies', async () => {
    const common = [...RFC.args, '--secret-file', file('secret')];
    await writeFile(file('body.json'), '{"a":1}');
    const hash = encodeURIComponent(createHash('sha1').update('{"a":1}').digest('base64'));
    const json = ['--body', file('body.json'), '--content-type', 'application/json'];
    for (const [more, seen] of [
      [['--realm', 'Photos'], /realm="Photos"/],
      [['--carrier', 'query'], /initiate\?oauth_consumer_key=/],
      [['--carrier', 'body', '--form', "title=it's"], /--data-raw 'title=it%27s&oauth_/],
      [json, new RegExp(`oauth_body_hash="${hash}".*Content-Type: application/json`)],
    ] as const) {
      const { curl } = await sign(['POST', RFC.url, ...common, ...more]);
      assert.match(curl, seen);
      if (more[0] !== '--body')
        assert.equal((await verify(curl, '--secret-file', file('secret'))).status, 0, curl);
    }
  });

  it('refuses what makes no sense: 2 for the usage, 1 for the rest', async () => {
    const secret = ['--consumer-key', 'k', '--secret-file', file('secret')];
    for (const wrong of [
      ['GET', RFC.url, '--consumer-key', 'k'],
      ['GET', RFC.url, ...secret, '--method', 'RSA-SHA1'],
      ['GET', RFC.url, ...secret, '--timestamp', 'now'],
      ['POST', RFC.url, ...secret, '--form', 'a=1', '--body', file('secret')],
    ]) {
      assert.equal((await runCommand(['sign', ...wrong])).status, 2, wrong.join(' '));
    }
    assert.equal((await runCommand(['sign', 'GET', 'nowhere', ...secret])).status, 1);
    const notAKey = await runCommand([
      'sign',
      'GET',
      RFC.url,
      '--consumer-key',
      'k',
      '--private-key',
      file('secret'),
    ]);
    assert.equal(notAKey.status, 1);
    assert.doesNotMatch(notAKey.stderr, new RegExp(RFC.secret));
  });
});

describe('countersign verify', () => {
  it('leaves with 0 for a valid signature and with 1 for another', async () => {
    const { curl } = await sign(['POST', RFC.url, ...RFC.args, '--secret-file', file('secret')]);
    const right = await verify(curl, '--secret-file', file('secret'));
    assert.equal(right.status, 0, right.stderr);
    assert.match(right.stdout, /✔ The signature is valid/);
    const wrong = await verify(curl, '--secret-file', file('wrong-secret'), '--json');
    assert.equal(wrong.status, 1);
    assert.equal((JSON.parse(wrong.stdout) as { isValid: boolean }).isValid, false);
    assert.match(wrong.stderr, /countersign explain/);
  });

  it('takes a public key, in whatever form', async () => {
    const rsa = ['--private-key', file('private.pem'), '--method', 'RSA-SHA256'];
    const { curl, key } = await sign(['GET', RFC.url, ...RFC.args, ...rsa]);
    assert.equal(key, '[RSA private key, 2048 bits]');
    assert.equal((await verify(curl, '--public-key', file('public.pem'))).status, 0);
    assert.equal((await verify(curl, '--secret-file', file('secret'))).status, 1);
    const privateOne = await verify(curl, '--public-key', file('private.pem'));
    assert.equal(privateOne.status, 1);
    assert.match(privateOne.stderr, /private/);
  });

  it('says that a body hash belongs to another body', async () => {
    await writeFile(file('one'), 'one');
    const { authorization } = await sign([
      'POST',
      RFC.url,
      ...RFC.args,
      '--secret-file',
      file('secret'),
      '--body',
      file('one'),
    ]);
    const raw = `POST ${RFC.url} HTTP/1.1\nAuthorization: ${authorization}\nContent-Type: text/plain\n\n`;
    assert.equal((await verify(`${raw}one`, '--secret-file', file('secret'))).status, 0);
    const { status, stdout } = await verify(`${raw}two`, '--secret-file', file('secret'));
    assert.equal(status, 1);
    assert.match(stdout, /oauth_body_hash belongs to another body/);
  });
});
