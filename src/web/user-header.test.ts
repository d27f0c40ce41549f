import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isUserHeader, readUserHeader } from './user-header.ts';
import { createWirePolicy, type WireRequest } from './wire-request.ts';

const policy = createWirePolicy({
  publicUrl: new URL('https://tracker.example'),
  listenAddress: () => null,
  trustedProxies: ['10.0.0.0/8'],
  userHeaders: { userName: 'remote-user', displayName: 'remote-name', email: null },
});

/** What is read of a request with these fields. */
function wordOf(rawHeaders: readonly string[], remoteAddress = '10.0.0.1', rules = policy) {
  return readUserHeader(wireWith(rawHeaders, remoteAddress, rules));
}

function wireWith(rawHeaders: readonly string[], remoteAddress: string, rules = policy): WireRequest {
  return { policy: rules, incoming: { rawHeaders, socket: { remoteAddress } } } as never;
}

describe('the header field in which a proxy names people', () => {
  it('counts from a listed proxy, the peer of the connection itself', () => {
    const named = { kind: 'named', userName: 'alice', displayName: '', email: '' };
    assert.deepEqual(wordOf(['Remote-User', 'alice']), named);
    assert.deepEqual(wordOf(['remote-USER', ' alice '], '::ffff:10.0.0.1'), named);
  });

  it('counts from nobody else, whatever they say about the way', () => {
    for (const peer of ['192.0.2.1', '127.0.0.1', '::1', '']) {
      const forged = ['X-Forwarded-For', '10.0.0.1', 'Remote-User', 'alice'];
      assert.deepEqual(wordOf(forged, peer), { kind: 'ignored' }, peer);
      assert.deepEqual(wordOf(['remote_user', 'alice'], peer), { kind: 'ignored' }, peer);
    }
    assert.deepEqual(wordOf(['Accept', '*/*'], '192.0.2.1'), { kind: 'silent' });
  });

  it('is nobody where no setting names it', () => {
    const plain = createWirePolicy({
      publicUrl: new URL('https://tracker.example'),
      listenAddress: () => null,
      trustedProxies: ['10.0.0.0/8'],
    });
    assert.deepEqual(wordOf(['Remote-User', 'alice'], '10.0.0.1', plain), { kind: 'silent' });
  });

  it('is refused where it has two readings, or none', () => {
    const faults: readonly (readonly [string, readonly string[]])[] = [
      ['twice', ['Remote-User', 'alice', 'Remote-User', 'alice']],
      ['twice', ['Remote-User', 'alice', 'remote-user', 'root']],
      ['twice', ['Remote-User', 'alice, root']],
      ['spelling', ['Remote_User', 'alice']],
      ['spelling', ['Remote-User', 'alice', 'remote_user', 'root']],
      ['spelling', ['Remote.User', 'root']],
      ['empty', ['Remote-User', '']],
      ['empty', ['Remote-User', '  ']],
      ['nobody', ['Remote-User', '(null)']],
      ['nobody', ['Remote-User', 'null']],
      ['nobody', ['Remote-User', 'Undefined']],
      ['nobody', ['Remote-User', 'anonymous']],
      ['nobody', ['Remote-User', ' - ']],
      ['nobody', ['Remote-User', 'None']],
      ['characters', ['Remote-User', 'ali\tce']],
      ['characters', ['Remote-User', 'al ice']],
      ['characters', ['Remote-User', 'alic\u00e9']],
      ['characters', ['Remote-User', 'alice\u00a0']],
      ['characters', ['Remote-User', '\u00a0alice']],
      ['characters', ['Remote-User', 'al\u0000ice']],
      ['characters', ['Remote-User', 'a'.repeat(256)]],
    ];
    for (const [fault, headers] of faults)
      assert.deepEqual(wordOf(headers), { kind: 'unusable', fault }, JSON.stringify(headers));
  });

  it('comes with a full name in UTF-8, or with none', () => {
    const nameOf = (value: string) => {
      const word = wordOf(['Remote-User', 'alice', 'Remote-Name', value]);
      return word.kind === 'named' ? word.displayName : word;
    };
    assert.equal(nameOf(Buffer.from('Zoë 山田').toString('latin1')), 'Zoë 山田');
    assert.equal(nameOf('Zo\u00eb'), '');
    const twice = ['Remote-User', 'alice', 'Remote-Name', 'A', 'Remote-Name', 'B'];
    assert.deepEqual(wordOf(twice), { kind: 'named', userName: 'alice', displayName: '', email: '' });
  });

  it('is known in every spelling, so that it goes no further', () => {
    const wire = wireWith([], '10.0.0.1');
    for (const name of ['remote-user', 'remote_user', 'remote-name', 'remote.name'])
      assert.ok(isUserHeader(wire, name), name);
    assert.ok(!isUserHeader(wire, 'remote-users'));
  });
});
