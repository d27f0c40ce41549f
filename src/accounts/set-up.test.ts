import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyAccounts, PASSWORD, peopledAccounts } from '../../test/support/accounts-world.ts';
import { everything } from '../../test/support/records.ts';
import { findSession } from './sessions.ts';
import { createSetupToken, isSetupToken, setUpFirstAdministrator } from './set-up.ts';

const ROSA = { username: 'rosa', displayName: 'Rosa', email: '', password: PASSWORD };

describe('the set-up of the first administrator', () => {
  it('makes an administrator and logs them in', async () => {
    const context = emptyAccounts();
    const token = await createSetupToken(context);
    const result = await setUpFirstAdministrator(context, token!, ROSA);
    assert.equal(result?.user.isAdministrator, true);
    assert.equal((await findSession(context, result?.cookie))?.user.name, 'rosa');
  });

  it('stores only the hash of the token', async () => {
    const context = emptyAccounts();
    const token = await createSetupToken(context);
    assert.notEqual(await context.storage.installation.readSetupHash(), token);
  });

  it('works once', async () => {
    const context = emptyAccounts();
    const token = (await createSetupToken(context))!;
    await setUpFirstAdministrator(context, token, ROSA);
    assert.equal(await setUpFirstAdministrator(context, token, { ...ROSA, username: 'eve' }), null);
    assert.equal(await isSetupToken(context, token), false);
  });

  it('lets one of two browsers win', async () => {
    const context = emptyAccounts();
    const token = (await createSetupToken(context))!;
    const results = await Promise.all(
      ['a1', 'b1'].map((username) => setUpFirstAdministrator(context, token, { ...ROSA, username })),
    );
    assert.equal(results.filter((result) => result !== null).length, 1);
    assert.equal((await context.storage.users.list(everything('name'))).total, 1);
  });

  it('refuses any other token, and an earlier one', async () => {
    const context = emptyAccounts();
    const earlier = (await createSetupToken(context))!;
    await createSetupToken(context);
    for (const token of [earlier, '', 'guess'])
      assert.equal(await setUpFirstAdministrator(context, token, ROSA), null);
  });

  it('keeps the link good when something was entered wrongly', async () => {
    const context = emptyAccounts();
    const token = (await createSetupToken(context))!;
    await assert.rejects(setUpFirstAdministrator(context, token, { ...ROSA, password: 'short' }));
    assert.equal(await isSetupToken(context, token), true);
  });

  it('is not offered once there are users', async () => {
    assert.equal(await createSetupToken(await peopledAccounts()), null);
  });
});
