import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { KEY_PAIR, OTHER_KEY_PAIR } from '../../test/support/administration-world.ts';
import { type ApiWorld, createApiWorld, PUBLIC_URL } from '../../test/support/api-world.ts';
import { aConsumer, anEvent, aSecondFactor } from '../../test/support/records.ts';
import { nowSeconds } from '../base/index.ts';
import { dayOf } from '../model/index.ts';
import { writeConsumerInformation } from '../web/index.ts';

/** What a program of an administrator does, call by call; each answer is held against the description. */
describe('through the REST API, a program', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
    const publicKey = KEY_PAIR.publicKey.replaceAll(/-----.*-----|\n/g, '');
    const information = { key: 'wiki:1', name: 'Wiki', description: '', publicKey, callback: null };
    world.published.xml = writeConsumerInformation(information);
  });
  after(() => world.close());

  it('registers a consumer with a generated secret, which no later answer holds', async () => {
    const body = {
      key: 'script',
      name: 'Script',
      credential: { generateSecret: true },
      twoLegged: { allowed: true, executeAs: 'alice' },
      limits: { paths: ['/rest/**'] },
    };
    const made = await world.call('POST', '/consumers', { body });
    assert.equal(made.status, 201);
    assert.ok(made.body.secret.length >= 32);
    assert.match(made.headers.get('location') ?? '', /\/oauth\/api\/v1\/consumers\/script$/);
    const read = await world.call('GET', '/consumers/script');
    assert.deepEqual(read.body, made.body.consumer);
    assert.deepEqual(read.body.twoLegged, { allowed: true, executeAs: 'alice', mayImpersonate: false });
    assert.ok(!JSON.stringify(read.body).includes(made.body.secret));
    const again = await world.call('POST', '/consumers', { body });
    assert.equal(again.status, 409);
  });

  it('is told every mistake, each by a pointer to its member', async () => {
    const body = {
      key: '',
      name: 'x',
      credential: { publicKey: KEY_PAIR.privateKey },
      limits: { paths: ['rest'] },
      twoLegged: { allowed: false, executeAs: 'nobody' },
    };
    const { status, body: problem } = await world.call('POST', '/consumers', { body });
    assert.equal(status, 422);
    const pointers = problem.mistakes.map(({ pointer }: { pointer: string }) => pointer);
    assert.deepEqual(pointers.sort(), ['/key', '/limits/paths', '/publicKey', '/twoLegged/executeAs']);
    assert.ok(!JSON.stringify(problem).includes(KEY_PAIR.privateKey.split('\n')[3] ?? ''));
    const strange = await world.call('POST', '/consumers', { body: { key: 'a', name: 'b', secret: 'c' } });
    assert.equal(strange.status, 422);
  });

  it('changes a consumer on the state it saw, and is refused on any other', async () => {
    const seen = await world.call('GET', '/consumers/script');
    const etag = seen.headers.get('etag') ?? '';
    const first = { body: { name: 'Nightly' }, headers: { 'if-match': etag } };
    assert.equal((await world.call('PATCH', '/consumers/script', first)).body.name, 'Nightly');
    const late = await world.call('PATCH', '/consumers/script', { ...first, body: { name: 'Late' } });
    assert.equal(late.status, 412);
    assert.equal((await world.call('DELETE', '/consumers/script', { headers: first.headers })).status, 412);
    const now = await world.call('GET', '/consumers/script');
    assert.equal(now.body.name, 'Nightly');
    const known = { headers: { 'if-none-match': now.headers.get('etag') ?? '' } };
    assert.equal((await world.call('GET', '/consumers/script', known)).status, 304);
    const { body } = await world.call('PATCH', '/consumers/script', {
      body: { limits: { readOnly: true }, owner: 'bob' },
    });
    assert.deepEqual([body.limits, body.owner], [{ readOnly: true, paths: ['/rest/**'] }, 'bob']);
  });

  it('reads what a consumer was before, and restores it on the state it saw', async () => {
    const reason = 'asked for by their team';
    await world.call('PATCH', '/consumers/script', { body: { description: 'By night', reason } });
    const { body: history } = await world.call('GET', '/consumers/script/history?limit=2');
    const [last, before] = history.items;
    assert.deepEqual([last.note, last.differences], [reason, []]);
    assert.deepEqual(before.differences, [{ field: 'description', now: 'By night', earlier: '' }]);
    const restoration = { entry: before.id, reason: 'it was better' };
    const late = { body: restoration, headers: { 'if-match': '"another"' } };
    assert.equal((await world.call('POST', '/consumers/script/restore', late)).status, 412);
    const restored = await world.call('POST', '/consumers/script/restore', { body: restoration });
    assert.deepEqual([restored.status, restored.body.description], [200, '']);
    const missing = { body: { entry: 999_999 } };
    assert.equal((await world.call('POST', '/consumers/script/restore', missing)).status, 404);
  });

  it('rotates a secret, and removes the consumer', async () => {
    const body = { credential: { generateSecret: true }, overlapSeconds: 3600 };
    const rotated = await world.call('POST', '/consumers/script/rotate', { body });
    assert.equal(rotated.status, 200);
    assert.notEqual(rotated.body.consumer.retiring, null);
    assert.deepEqual((await world.call('DELETE', '/consumers/script')).body, { usersLosingAccess: 0 });
    assert.equal((await world.call('GET', '/consumers/script')).status, 404);
  });

  it('registers by base URL, links and unlinks', async () => {
    const baseUrl = 'https://wiki.example.com';
    const made = await world.call('POST', '/consumers', { body: { baseUrl, limits: { readOnly: true } } });
    assert.deepEqual([made.status, made.body.consumer.key], [201, 'wiki:1']);
    const link = await world.call('POST', '/links', { body: { baseUrl } });
    assert.deepEqual([link.status, link.body.provider.name], [201, 'Wiki']);
    const query = `?baseUrl=${encodeURIComponent(baseUrl)}`;
    assert.equal((await world.call('GET', `/links${query}`)).body.consumer.key, 'wiki:1');
    assert.equal((await world.call('DELETE', `/links${query}`)).status, 204);
    assert.equal((await world.call('DELETE', `/links${query}`)).status, 404);
  });

  it('adds a service provider, whose secret is never read back', async () => {
    const body = {
      name: 'Photos',
      consumerKey: 'us',
      secret: 'a very secret secret',
      baseUrl: 'https://photos.example.com',
      twoLegged: 'empty-token',
    };
    const made = await world.call('POST', '/service-providers', { body });
    assert.deepEqual([made.status, made.body.twoLegged], [201, 'empty-token']);
    assert.ok(!JSON.stringify(made.body).includes('a very secret'));
    const changed = await world.call('PATCH', '/service-providers/Photos', {
      body: { baseUrl: null, realm: 'x' },
    });
    assert.deepEqual(
      [changed.body.baseUrl, changed.body.realm, changed.body.twoLegged],
      [null, 'x', 'empty-token'],
    );
    const wrong = await world.call('PATCH', '/service-providers/Photos', {
      body: { signatureMethod: 'RSA-SHA1' },
    });
    assert.equal(wrong.body.mistakes[0].pointer, '/signatureMethod');
    assert.equal((await world.call('GET', '/service-providers')).body.total, 1);
    await world.call('POST', '/service-providers/Photos/test');
    const { body: use } = await world.call('GET', '/service-providers/Photos/use');
    assert.deepEqual([use.activeUsers, use.lastUsedAt, use.lastTest.actor], [0, null, 'root']);
    assert.equal((await world.call('DELETE', '/service-providers/Photos')).status, 204);
  });

  it('adds, changes, disables and removes a user', async () => {
    const body = { name: 'carol', password: 'a long enough one' };
    const made = await world.call('POST', '/users', { body });
    assert.deepEqual([made.status, made.body.hasPassword, made.body.displayName], [201, true, 'carol']);
    assert.equal((await world.call('POST', '/users', { body })).status, 409);
    const short = await world.call('POST', '/users', { body: { name: 'dave', password: 'short' } });
    assert.equal(short.body.mistakes[0].pointer, '/password');
    const change = { email: 'carol@example.com', isDisabled: true };
    const changed = await world.call('PATCH', '/users/carol', { body: change });
    assert.deepEqual(
      [changed.body.email, changed.body.isDisabled, changed.body.displayName],
      ['carol@example.com', true, 'carol'],
    );
    const mistaken = await world.call('PATCH', '/users/carol', { body: { email: 'no', isDisabled: false } });
    assert.equal(mistaken.status, 422);
    assert.equal((await world.call('GET', '/users/carol')).body.isDisabled, true);
    assert.equal(
      (await world.call('POST', '/users/carol/password', { body: { password: 'another long one' } })).status,
      204,
    );
    const headers = { 'if-match': '"of another state"' };
    const unseen = { body: { password: 'a password of nobody' }, headers };
    assert.equal((await world.call('POST', '/users/carol/password', unseen)).status, 412);
    assert.equal((await world.call('DELETE', '/users/carol/second-factor', { headers })).status, 412);
    assert.equal((await world.call('DELETE', '/users/root')).status, 422);
    assert.equal((await world.call('DELETE', '/users/carol')).status, 204);
    assert.equal((await world.call('GET', '/users/carol')).status, 404);
  });

  it('changes a user only as it was looked at, whoever changes something between look and write', async () => {
    await world.call('POST', '/users', { body: { name: 'erin', password: 'a long enough one' } });
    const { users } = world.storage;
    const { find, update, remove } = users;
    /** Does it with the state that is there, while another one gets in between; then once more with the new state. */
    async function twice(
      change: (headers: Record<string, string>) => Promise<{ status: number }>,
      other: string,
    ) {
      const seen = async () => ({
        'if-match': (await world.call('GET', '/users/erin')).headers.get('etag')!,
      });
      const getIn = async () => {
        Object.assign(users, { update, remove });
        await update('erin', { displayName: other }, anEvent());
      };
      const headers = await seen();
      users.update = async (...given) => getIn().then(() => update(...given));
      users.remove = async (...given) => getIn().then(() => remove(...given));
      const late = await change(headers);
      assert.deepEqual([late.status, (await find('erin'))?.displayName], [412, other]);
      return (await change(await seen())).status;
    }
    const on = (method: string, path: string, body?: object) => (headers: Record<string, string>) =>
      world.call(method, path, { headers, ...(body === undefined ? {} : { body }) });
    assert.equal(await twice(on('PATCH', '/users/erin', { email: 'erin@example.com' }), 'one'), 200);
    assert.equal(await twice(on('PATCH', '/users/erin', { isDisabled: true }), 'two'), 200);
    assert.equal(await twice(on('PATCH', '/users/erin', { isDisabled: false }), 'three'), 200);
    const password = { password: 'another long one' };
    assert.equal(await twice(on('POST', '/users/erin/password', password), 'four'), 204);
    assert.equal(await twice(on('DELETE', '/users/erin'), 'five'), 204);
  });

  it('leaves what it does not name as it is, however soon somebody else has changed that', async () => {
    const { users } = world.storage;
    const { update, find } = users;
    await world.call('POST', '/users', {
      body: { name: 'frank', password: 'a long enough one', isAdministrator: true },
    });
    users.update = async (...given) => {
      Object.assign(users, { update });
      await update('frank', { isAdministrator: false, displayName: 'Frank' }, anEvent());
      return update(...given);
    };
    const email = 'frank@example.com';
    assert.equal((await world.call('PATCH', '/users/frank', { body: { email } })).status, 200);
    const { isAdministrator, displayName, email: kept } = (await find('frank'))!;
    assert.deepEqual(
      { isAdministrator, displayName, kept },
      { isAdministrator: false, displayName: 'Frank', kept: email },
    );
  });

  it('is told whether a user has a second factor', async () => {
    const path = '/users/bob/second-factor';
    assert.deepEqual((await world.call('GET', path)).body, { isOn: false, createdAt: null });
    await world.storage.secondFactors.add(aSecondFactor({ userName: 'bob' }), anEvent());
    const { body } = await world.call('GET', path);
    assert.deepEqual([body.isOn, body.secret, typeof body.createdAt], [true, undefined, 'string']);
    assert.equal((await world.call('DELETE', path)).status, 204);
    assert.equal((await world.call('GET', '/users/nobody/second-factor')).status, 404);
  });

  it('edits this installation and rotates its key', async () => {
    const before = await world.call('GET', '/installation');
    const edited = await world.call('PATCH', '/installation', {
      body: { description: 'Ours', callback: null },
    });
    assert.deepEqual([edited.body.description, edited.body.consumerKey], ['Ours', before.body.consumerKey]);
    const rotated = await world.call('POST', '/installation/rotate-key', { body: { overlapSeconds: 60 } });
    assert.notEqual(rotated.body.keys.next, null);
    assert.equal((await world.call('POST', '/installation/rotate-key', { body: {} })).status, 422);
  });

  it('revokes tokens, but never everybody’s by accident', async () => {
    assert.equal((await world.call('GET', '/tokens?user=alice')).body.total, 0);
    assert.equal((await world.call('DELETE', '/tokens/nothing')).status, 404);
    assert.deepEqual((await world.call('POST', '/tokens/revoke', { body: { user: 'alice' } })).body, {
      revoked: 0,
    });
    assert.equal((await world.call('POST', '/tokens/revoke', { body: {} })).status, 422);
  });

  it('is handed a quickstart with the consumer’s key in it, in the language it asks for', async () => {
    const body = { key: 'q1', name: 'Q', credential: { generateSecret: true } };
    const { secret } = (await world.call('POST', '/consumers', { body })).body;
    const { body: quickstart } = await world.call('GET', '/consumers/q1/quickstart?language=python');
    assert.deepEqual([quickstart.language, quickstart.code.includes('q1')], ['python', true]);
    assert.ok(!JSON.stringify(quickstart).includes(secret));
    assert.equal((await world.call('GET', '/consumers/q1/quickstart?language=cobol')).status, 400);
  });

  it('is told how its own call came, which headers counted, and what a client has to sign', async () => {
    const codesOf = ({ findings }: { findings: { code: string }[] }) => findings.map(({ code }) => code);
    const { body: plain } = await world.call('GET', '/this-request');
    assert.deepEqual(
      [plain.publicUrl, codesOf(plain), plain.forwardedHeaders],
      [PUBLIC_URL, ['host-differs'], []],
    );
    const headers = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': '127.0.0.1',
      'x-forwarded-port': '443',
    };
    const { body } = await world.call('GET', '/this-request', { headers });
    assert.deepEqual(codesOf(body), ['scheme-differs']);
    assert.match(body.findings[0].advice, /Set --public-url/);
    assert.deepEqual([body.clientAddress, body.isTrustedProxy], ['203.0.113.9', true]);
    const counting = body.forwardedHeaders.map(({ name, counts }: { name: string; counts: boolean }) => [
      name,
      counts,
    ]);
    assert.deepEqual(counting, [
      ['x-forwarded-for', true],
      ['x-forwarded-proto', true],
      ['x-forwarded-host', true],
      ['x-forwarded-port', false],
    ]);
    assert.equal(body.journey.at(-1).ours, '/jira/oauth/api/v1/this-request');
    assert.ok(!JSON.stringify(body).includes('Bearer'));
  });

  it('explains a request', async () => {
    const credential = { publicKey: OTHER_KEY_PAIR.publicKey };
    await world.call('POST', '/consumers', { body: { key: 'ci', name: 'CI', credential } });
    const header =
      'OAuth oauth_consumer_key="ci", oauth_nonce="n", oauth_signature="AAAA", oauth_signature_method="RSA-SHA1", oauth_timestamp="1800000000", oauth_token="x"';
    const request = `GET /jira/rest HTTP/1.1\nHost: 127.0.0.1\nAuthorization: ${header}\n\n`;
    const { status, body } = await world.call('POST', '/explain', { body: { request } });
    assert.equal(status, 200);
    assert.match(body.problem, /token_rejected|signature_invalid/);
    assert.ok(body.checks.length > 5);
    assert.equal((await world.call('POST', '/explain', { body: { request: '' } })).status, 422);
    assert.equal((await world.call('GET', '/refusals?problem=nonce_used')).body.total, 0);
    assert.equal((await world.call('GET', '/refusals/unknown/explanation')).status, 404);
    assert.equal((await world.call('GET', '/usage?days=7')).body.requests, 0);
  });

  it('names the consumers with the most requests, as many as are asked for, and counts the others', async () => {
    const { storage, clock } = world;
    const now = nowSeconds(clock);
    for (const [key, requests] of [
      ['small', 1],
      ['large', 9],
    ] as const) {
      await storage.consumers.add(aConsumer({ key, name: key }), anEvent());
      const count = { day: dayOf(now), version: '1.0a', lastAt: now } as const;
      await storage.usage.add([{ ...count, consumerKey: key, method: 'HMAC-SHA1', requests }]);
    }
    const { body } = await world.call('GET', '/usage?limit=1');
    assert.deepEqual(
      [...body.perConsumer, ...body.dependants.sha1].map(({ consumerKey }) => consumerKey),
      ['large', 'large'],
    );
    assert.equal(body.requests, 10);
    assert.deepEqual(body.consumers, { any: 2, sha1: 2, legacy10: 0, plaintext: 0 });
  });

  it('reads in the audit log who did all this', async () => {
    const { body } = await world.call('GET', '/audit?actor=root&limit=100');
    const actions = new Set(body.items.map(({ action }: { action: string }) => action));
    for (const action of ['consumer.add', 'consumer.rotate', 'user.remove', 'installation.rotate'])
      assert.ok(actions.has(action), action);
    assert.ok(!JSON.stringify(body).includes('a very secret'));
  });
});
