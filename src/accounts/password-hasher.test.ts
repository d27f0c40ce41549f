import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { createPasswordHasher, PasswordsBusy } from './password-hasher.ts';

const random = { bytes: (length: number) => randomBytes(length) };
const quick = { logN: 4, r: 8, p: 1 };

describe('password hashes', () => {
  it('are scrypt in PHC form, with 32 MiB or an equal cost by default', async () => {
    const hash = await createPasswordHasher(random).hash('correct horse');
    assert.match(hash, /^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  });

  it('verify their own password and no other', async () => {
    const hasher = createPasswordHasher(random, quick);
    const hash = await hasher.hash('correct horse');
    assert.equal(await hasher.verify('correct horse', hash), true);
    assert.equal(await hasher.verify('correct horsf', hash), false);
  });

  it('differ for the same password, since each has its own salt', async () => {
    const hasher = createPasswordHasher(random, quick);
    assert.notEqual(await hasher.hash('same'), await hasher.hash('same'));
  });

  it('take a password however its characters were composed', async () => {
    const hasher = createPasswordHasher(random, quick);
    assert.equal(await hasher.verify('cafe\u0301 noir', await hasher.hash('caf\u00e9 noir')), true);
  });

  it('never match where there is no hash, or an unreadable one', async () => {
    const hasher = createPasswordHasher(random, quick);
    for (const none of [null, '', 'plain', '$scrypt$ln=40,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$']) {
      assert.equal(await hasher.verify('', none), false);
    }
  });

  it('say that they are outdated when the cost was raised, and still verify', async () => {
    const hash = await createPasswordHasher(random, quick).hash('old');
    const stronger = createPasswordHasher(random, { ...quick, logN: 5 });
    assert.equal(stronger.isOutdated(hash), true);
    assert.equal(await stronger.verify('old', hash), true);
    assert.equal(stronger.isOutdated(await stronger.hash('new')), false);
  });
});

describe('the queue of passwords', () => {
  it('turns away what neither runs nor may wait', async () => {
    const hasher = createPasswordHasher(random, { ...quick, concurrency: 1, waiting: 1 });
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => hasher.hash(String(n))));
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected'],
    );
    assert.ok((outcomes[2] as PromiseRejectedResult).reason instanceof PasswordsBusy);
  });

  it('goes on after a crowd', async () => {
    const hasher = createPasswordHasher(random, { ...quick, concurrency: 1, waiting: 5 });
    await Promise.all([1, 2, 3, 4].map((n) => hasher.hash(String(n))));
    assert.equal(await hasher.verify('again', await hasher.hash('again')), true);
  });
});
