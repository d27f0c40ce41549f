import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationWorld,
  createAdministrationWorld,
} from '../../test/support/administration-world.ts';
import { aConnection, anEvent, aUser } from '../../test/support/records.ts';
import { mistakesOf } from '../../test/support/refused-mistakes.ts';
import { Secret } from '../base/index.ts';
import { audienceOf } from '../model/index.ts';
import {
  addServiceProvider,
  editServiceProvider,
  findServiceProvider,
  listServiceProviders,
  removeServiceProvider,
  type ServiceProviderInput,
} from './index.ts';

const SECRET = 'secret-of-the-provider';
const FORUM: ServiceProviderInput = { name: 'Forum', consumerKey: 'us', secret: new Secret(SECRET) };

describe('service providers', () => {
  let world: AdministrationWorld;
  const add = (changes: ServiceProviderInput) =>
    addServiceProvider(world.context, { ...FORUM, ...changes }, 'alice');
  const edit = (changes: ServiceProviderInput, expected: number | null = null) =>
    editServiceProvider(world.context, 'Forum', changes, expected, 'alice');
  beforeEach(async () => {
    world = await createAdministrationWorld();
    await add({});
  });

  it('sign with HMAC-SHA1 and the shared secret, unless told otherwise', async () => {
    const provider = await findServiceProvider(world.context, 'Forum');
    assert.equal(provider.signatureMethod, 'HMAC-SHA1');
    assert.equal(provider.secret?.reveal(), SECRET);
  });

  it('sign with RSA-SHA1 where our own key is used', async () => {
    const provider = await add({ name: 'Own', secret: null, ownKey: true });
    assert.deepEqual([provider.secret, provider.signatureMethod], [null, 'RSA-SHA1']);
  });

  it('need a method that fits the credential', async () => {
    const mismatch = ['signatureMethod method-mismatch'];
    assert.deepEqual(await mistakesOf(add({ name: 'a', signatureMethod: 'RSA-SHA256' })), mismatch);
    assert.deepEqual(
      await mistakesOf(add({ name: 'a', ownKey: true, signatureMethod: 'PLAINTEXT' })),
      mismatch,
    );
    const unknown = ['signatureMethod unknown-method'];
    assert.deepEqual(await mistakesOf(add({ name: 'a', signatureMethod: '__proto__' })), unknown);
  });

  it('need a name, a consumer key and a secret', async () => {
    const attempt = add({ name: ' ', consumerKey: '', secret: new Secret(' ') });
    assert.deepEqual(await mistakesOf(attempt), ['name required', 'consumerKey required', 'secret required']);
    assert.deepEqual(await mistakesOf(add({})), ['name taken']);
  });

  it('have three addresses or none, each http or https without user name or fragment', async () => {
    const requestTokenUrl = 'https://forum.example/request';
    const some = add({ name: 'a', requestTokenUrl });
    assert.deepEqual(await mistakesOf(some), ['authorizeUrl incomplete', 'accessTokenUrl incomplete']);
    const wrong = add({
      name: 'a',
      requestTokenUrl: 'ftp://forum.example/',
      authorizeUrl: 'https://a:b@forum.example/',
      accessTokenUrl: 'https://forum.example/#x',
    });
    assert.deepEqual(await mistakesOf(wrong), [
      'requestTokenUrl address-not-absolute-http',
      'authorizeUrl address-has-userinfo',
      'accessTokenUrl address-has-fragment',
    ]);
  });

  it('keep the stored secret when none is entered', async () => {
    assert.equal((await edit({ description: 'd', secret: new Secret('') })).secret?.reveal(), SECRET);
    assert.equal((await edit({ secret: new Secret('another') })).secret?.reveal(), 'another');
    assert.equal((await world.lastEvent())?.after?.credential, 'HMAC, another secret');
  });

  it('take the usual method of another kind of credential', async () => {
    assert.equal((await edit({ ownKey: true })).signatureMethod, 'RSA-SHA1');
    assert.deepEqual(await mistakesOf(edit({ ownKey: false })), ['secret required']);
  });

  it('may be renamed, but not to a name in use, nor over a newer change', async () => {
    await add({ name: 'Other' });
    assert.deepEqual(await mistakesOf(edit({ name: 'Other' })), ['name taken']);
    const { updatedAt } = await edit({ name: 'Forum', description: 'newer' });
    assert.deepEqual(await mistakesOf(edit({ description: 'x' }, updatedAt - 1)), [
      'record changed-meanwhile',
    ]);
    await edit({ name: 'Renamed' });
    assert.equal((await findServiceProvider(world.context, 'Renamed')).description, 'newer');
  });

  it('never show or log their secret', async () => {
    const query = { search: '', sort: 'name', descending: false, offset: 0, limit: 10 } as const;
    const page = await listServiceProviders(world.context, query);
    assert.equal(page.total, 1);
    await removeServiceProvider(world.context, 'Forum', 'alice');
    assert.deepEqual(await mistakesOf(removeServiceProvider(world.context, 'Forum', 'alice')), [
      'name not-found',
    ]);
    assert.ok(!JSON.stringify(page).includes(SECRET));
    assert.ok(!(await world.auditText()).includes(SECRET));
  });

  it('say how many users have to connect again before their tokens lose what they are for', async () => {
    const addresses = {
      requestTokenUrl: 'https://f.example/r',
      authorizeUrl: 'https://f.example/z',
      accessTokenUrl: 'https://f.example/a',
      baseUrl: 'https://f.example/',
    };
    await edit(addresses);
    const moves: readonly ServiceProviderInput[] = [
      { baseUrl: 'https://g.example/' },
      { accessTokenUrl: 'https://g.example/a' },
      { consumerKey: 'other' },
    ];
    await edit(moves[0]!);
    await edit(addresses);
    const provider = await findServiceProvider(world.context, 'Forum');
    const connection = aConnection('c', {
      userName: 'alice',
      providerName: 'Forum',
      audience: audienceOf(provider),
    });
    const { storage } = world.context;
    if ((await storage.users.find('alice')) === null)
      await storage.users.add(aUser({ name: 'alice' }), anEvent());
    assert.equal(await storage.connections.save(connection, anEvent()), true);
    await edit({ description: 'x', baseUrl: 'https://f.example/rest', signatureMethod: 'HMAC-SHA256' });
    for (const move of moves) {
      await assert.rejects(edit(move), /connect again after this change: 1\./u);
    }
    const moved = await edit({ ...moves[0]!, endsConnections: true });
    assert.equal(moved.id, provider.id);
    assert.equal((await storage.connections.useOfProvider(moved)).activeUsers, 0);
    const { rows } = await storage.audit.list(
      { action: 'service-provider.edit' },
      { search: '', offset: 0, limit: 1 },
    );
    assert.equal(rows[0]!.note, 'users to connect again: 1');
  });

  it('need neither key nor secret where users enter API keys, and then no other credential', async () => {
    const bare = {
      name: 'MAAS',
      consumerKey: '',
      secret: null,
      handEntry: 'api-key',
      signatureMethod: 'PLAINTEXT',
    };
    const provider = await add(bare);
    assert.deepEqual([provider.consumerKey, provider.secret?.reveal()], ['', '']);
    const refused = ['handEntry needs-own-credential'];
    assert.deepEqual(await mistakesOf(add({ ...bare, name: 'a', providerTwoLegged: 'no-token' })), refused);
    assert.deepEqual(
      await mistakesOf(add({ ...bare, name: 'a', ownKey: true, signatureMethod: '' })),
      refused,
    );
    const back = editServiceProvider(world.context, 'MAAS', { handEntry: 'off' }, null, 'alice');
    assert.deepEqual(await mistakesOf(back), ['consumerKey required', 'secret required']);
  });
});
