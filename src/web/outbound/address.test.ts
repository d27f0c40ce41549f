import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAddressRules, isPublicAddress } from './address.ts';
import { OutboundRefused } from './refused.ts';

const noDns = () => Promise.reject(new Error('must not be asked'));

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof OutboundRefused);
    return error.code;
  }
  return 'accepted';
}

describe('addresses that outgoing requests may reach', () => {
  const forbidden = [
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'not an address',
  ];
  for (const address of forbidden) {
    it(`leaves out ${address}`, () => assert.equal(isPublicAddress(address), false));
  }

  it('are globally routed ones', () => {
    for (const address of ['1.1.1.1', '8.8.8.8', '93.184.216.34', '2606:4700::1111', '2a00:1450::1']) {
      assert.equal(isPublicAddress(address), true, address);
    }
  });
});

describe('URLs of outgoing requests', () => {
  const rules = createAddressRules(['intranet.test:9000', '[::1]:7000'], noDns);

  it('are http or https without user information, fragment, backslash, blank or control character', () => {
    const refused = [
      'ftp://a.test/',
      'file:///etc/passwd',
      'gopher://a.test/',
      'javascript:alert(1)',
      '/relative',
      'https://user@a.test/',
      'https://user:pass@a.test/',
      'https://@a.test/',
      'https://a.test:443@evil.test/',
      'https://a.test/#x',
      'https://a.test/#',
      'https://a.test\\@evil.test/',
      'https://a.test/ x',
      'https://a.test/\n',
      '\thttps://a.test/',
      'https://',
    ];
    for (const text of refused)
      assert.equal(
        codeOf(() => rules.readUrl(text)),
        'invalid-url',
        text,
      );
    assert.equal(rules.readUrl('https://A.test/x?y=%ff').href, 'https://a.test/x?y=%ff');
  });

  it('use the ports of web servers, others only where host and port are listed together', () => {
    for (const text of [
      'http://a.test/',
      'https://a.test/',
      'http://a.test:8080/',
      'https://a.test:8443/',
      'http://intranet.test:9000/',
    ]) {
      assert.equal(
        codeOf(() => rules.readUrl(text)),
        'accepted',
        text,
      );
    }
    for (const text of [
      'http://a.test:22/',
      'http://a.test:6379/',
      'http://a.test:9000/',
      'http://intranet.test:9001/',
      'http://sub.intranet.test:9000/',
    ]) {
      assert.equal(
        codeOf(() => rules.readUrl(text)),
        'port-not-allowed',
        text,
      );
    }
  });

  const literals = [
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://2130706433/',
    'http://0/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://[2002:7f00:1::]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://１２７.0.0.1/',
  ];
  for (const text of literals) {
    it(`may not reach ${text}, for which no resolver is asked`, async () => {
      const url = rules.readUrl(text);
      await assert.rejects(rules.checkedAddresses(url), { code: 'address-forbidden' });
    });
  }

  it('may reach a private address that is listed, on that port alone', async () => {
    assert.deepEqual(await rules.checkedAddresses(rules.readUrl('http://[0:0::1]:7000/')), ['::1']);
    await assert.rejects(rules.checkedAddresses(rules.readUrl('http://[::1]:8080/')), {
      code: 'address-forbidden',
    });
  });

  it('may not reach a host of which any address is private', async () => {
    const resolve = async () => ['93.184.216.34', '10.0.0.1'];
    const mixed = createAddressRules([], resolve);
    await assert.rejects(mixed.checkedAddresses(mixed.readUrl('http://a.test/')), {
      code: 'address-forbidden',
    });
  });

  it('need a host that has addresses', async () => {
    for (const resolve of [noDns, async () => [], async () => ['1.1.1.1', 'not an address']]) {
      const lost = createAddressRules([], resolve);
      await assert.rejects(lost.checkedAddresses(lost.readUrl('http://a.test/')), { code: 'host-unknown' });
    }
  });

  it('are listed as HOST:PORT', () => {
    for (const entry of [
      'intranet',
      'http://intranet:80',
      'intranet:80/x',
      'u@intranet:80',
      ':80',
      'intranet:99999',
    ]) {
      assert.throws(() => createAddressRules([entry], noDns), TypeError, entry);
    }
    assert.doesNotThrow(() => createAddressRules(['Intranet:80', '10.0.0.1:443', '[fd00::1]:8080'], noDns));
  });
});
