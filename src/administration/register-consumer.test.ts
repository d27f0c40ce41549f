import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationWorld,
  BEGINNING,
  createAdministrationWorld,
  IGOOGLE_CERTIFICATE,
  KEY_PAIR,
} from '../../test/support/administration-world.ts';
import { mistakesOf } from '../../test/support/refused-mistakes.ts';
import { Secret } from '../base/index.ts';
import { consumerFromInformation, consumerView, type NewConsumer, registerConsumer } from './index.ts';

const WIKI: NewConsumer = {
  key: 'wiki',
  name: 'Wiki',
  credential: { kind: 'public-key', text: KEY_PAIR.publicKey },
};

describe('registering a consumer', () => {
  let world: AdministrationWorld;
  const register = (changes: Partial<NewConsumer>) =>
    registerConsumer(world.context, { ...WIKI, ...changes }, 'alice');
  beforeEach(async () => {
    world = await createAdministrationWorld();
  });

  it('stores it with plain values for what was left out, and says so in the audit log', async () => {
    const { consumer, secret } = await register({});
    assert.equal(secret, null);
    assert.deepEqual(await world.context.storage.consumers.find('wiki'), consumer);
    assert.deepEqual(consumer.twoLegged, { allowed: false, executeAs: null, mayImpersonate: false });
    assert.deepEqual(consumer.limits, { readOnly: false, paths: [] });
    const event = await world.lastEvent();
    assert.equal(event?.action, 'consumer.add');
    assert.equal(event?.actor, 'alice');
    assert.equal(event?.object, 'wiki');
    assert.equal(event?.at, BEGINNING);
    assert.equal(event?.note, null);
    assert.match(String(event?.after?.credential), /^RSA 2048 bit, SHA-256 [0-9a-f]{64}$/u);
  });

  it('takes a description that speaks of a private key and holds none', async () => {
    const description = 'Signs with its own private key, which the operations team keeps in a vault.';
    assert.equal((await register({ description })).consumer.description, description);
  });

  it('drops the white space around what was pasted', async () => {
    const { consumer } = await register({
      key: ' \u00a0wiki\r\n',
      name: '\tWiki \n',
      description: ' one\r\ntwo \n',
      callback: ' https://wiki.example/done\n',
      paths: [' /rest/** ', '', '/rest/**'],
    });
    const { key, name, description, callback } = consumer;
    assert.deepEqual(
      [key, name, description, callback],
      ['wiki', 'Wiki', 'one\ntwo', 'https://wiki.example/done'],
    );
    assert.deepEqual(consumer.limits.paths, ['/rest/**']);
  });

  it('tells every mistake at once', async () => {
    const attempt = register({
      key: '',
      name: 'Wi\u202eki',
      description: 'x'.repeat(2001),
      credential: { kind: 'public-key', text: 'no key' },
      callback: 'https://user@wiki.example/',
      executeAs: 'bob',
      mayImpersonate: true,
      paths: ['rest', '/a/../b'],
    });
    assert.deepEqual((await mistakesOf(attempt)).sort(), [
      'callback address-has-userinfo',
      'description too-long',
      'executeAs needs-two-legged',
      'key required',
      'mayImpersonate needs-two-legged',
      'name forbidden-character',
      'paths not-a-path',
      'paths not-a-path',
      'publicKey key-not-a-key',
    ]);
    assert.equal(await world.context.storage.consumers.find(''), null);
  });

  it('refuses a key that is taken, and keys that only look like another', async () => {
    await register({});
    assert.deepEqual(await mistakesOf(register({})), ['key taken']);
    assert.deepEqual(await mistakesOf(register({ key: 'wi\u200dki' })), ['key forbidden-character']);
    assert.deepEqual(await mistakesOf(register({ key: 'k'.repeat(256) })), ['key too-long']);
    await register({ key: 'wiki:0123456789 / ü' });
  });

  it('refuses a private key without repeating it anywhere', async () => {
    const attempt = register({ credential: { kind: 'public-key', text: KEY_PAIR.privateKey } });
    assert.deepEqual(await mistakesOf(attempt), ['publicKey key-private-key']);
    const asSecret = register({
      credential: { kind: 'given-secret', secret: new Secret(KEY_PAIR.privateKey) },
    });
    assert.deepEqual(await mistakesOf(asSecret), ['secret private-key']);
    const body = KEY_PAIR.privateKey.split('\n')[1]!;
    await assert.rejects(attempt, (error: Error) => !JSON.stringify([error, error.stack]).includes(body));
    assert.ok(!(await world.auditText()).includes(body));
  });

  it('accepts the iGoogle example and says what is weak about it', async () => {
    const credential = { kind: 'public-key', text: IGOOGLE_CERTIFICATE } as const;
    const { consumer } = await register({ key: 'www.google.com', name: 'iGoogle', credential });
    assert.equal((await world.lastEvent())?.note, 'weak-key');
    const facts = consumerView(consumer, BEGINNING).credential;
    assert.ok(facts.kind === 'public-key');
    assert.equal(facts.bits, 1024);
    assert.deepEqual([...facts.weaknesses].sort(), ['expired-certificate', 'sha1-certificate', 'short-key']);
  });

  it('generates a secret of letters and digits and gives it once', async () => {
    const { consumer, secret } = await register({
      credential: { kind: 'generated-secret' },
      allowPlaintext: true,
    });
    assert.match(secret!.reveal(), /^[A-Za-z0-9]{40}$/u);
    const view = JSON.stringify(consumerView(consumer, BEGINNING));
    assert.ok(!view.includes(secret!.reveal()));
    assert.ok(view.includes(secret!.reveal().slice(-4)));
    assert.ok(!(await world.auditText()).includes(secret!.reveal()));
  });

  it('accepts a given secret, and notes a short one as weak', async () => {
    const given = (text: string) =>
      register({ credential: { kind: 'given-secret', secret: new Secret(text) } });
    assert.deepEqual(await mistakesOf(given('  \n')), ['secret required']);
    assert.deepEqual(await mistakesOf(given('short')), ['secret secret-too-short']);
    const { consumer, secret } = await given(' twelve chars\n');
    assert.equal(secret, null);
    assert.ok(consumer.credential.kind === 'shared-secret');
    assert.equal(consumer.credential.secret.reveal(), 'twelve chars');
    assert.equal((await world.lastEvent())?.note, 'weak-secret');
  });

  it('allows PLAINTEXT to consumers with a shared secret only', async () => {
    assert.deepEqual(await mistakesOf(register({ allowPlaintext: true })), [
      'allowPlaintext needs-shared-secret',
    ]);
  });

  it('executes 2-legged requests as an existing, enabled user or as nobody', async () => {
    await world.addUser('eve', { isDisabled: true });
    const as = (executeAs: string) => register({ key: `for ${executeAs}`, twoLegged: true, executeAs });
    assert.deepEqual(await mistakesOf(as('nobody')), ['executeAs unknown-user']);
    assert.deepEqual(await mistakesOf(as('eve')), ['executeAs disabled-user']);
    assert.equal((await as('BOB')).consumer.twoLegged.executeAs, 'bob');
    assert.equal((await as('')).consumer.twoLegged.executeAs, null);
  });

  it('keeps plain http callbacks to this machine, unless the installation allows others', async () => {
    const callback = 'http://wiki.example/done';
    assert.deepEqual(await mistakesOf(register({ callback })), ['callback address-plain-http']);
    assert.equal(
      (await register({ callback: 'http://localhost:1/' })).consumer.callback,
      'http://localhost:1/',
    );
    const lenient = { ...world.context, allowPlainHttpCallbacks: true };
    const { consumer } = await registerConsumer(lenient, { ...WIKI, key: 'other', callback }, 'alice');
    assert.equal(consumer.callback, callback);
  });

  it('reads fetched information as strictly as typed text', async () => {
    const information = {
      key: 'wiki:1234567890',
      name: 'Wiki',
      description: 'Where we write',
      publicKey: KEY_PAIR.publicKey.replace(/-----.*-----|\n/gu, ''),
      callback: 'https://wiki.example/callback',
    };
    const input = consumerFromInformation(information, 'https://wiki.example/base');
    const { consumer } = await registerConsumer(world.context, input, 'alice');
    assert.equal(consumer.baseUrl, 'https://wiki.example/base');
    assert.equal(consumer.callback, information.callback);
    const hostile = { ...information, key: 'other', name: 'Tracker\u0000', callback: 'javascript:alert(1)' };
    const attempt = registerConsumer(world.context, consumerFromInformation(hostile, 'https://x/'), 'alice');
    assert.deepEqual(await mistakesOf(attempt), [
      'name forbidden-character',
      'callback address-not-absolute-http',
    ]);
  });
});
