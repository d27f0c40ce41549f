import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rangesOfStrangers } from './trusted-strangers.ts';

describe('a list of trusted proxies', () => {
  it('holds strangers where it holds everybody, in whatever pieces', () => {
    const quarters = ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2', '192.0.0.0/2'];
    for (const list of [
      ['0.0.0.0/0'],
      ['::/0'],
      ['0.0.0.0/1', '128.0.0.0/1'],
      ['::/1', '8000::/1'],
      quarters,
      ['2000::/4', '3000::/4'],
      ['8.0.0.0/8', '9.0.0.0/32'],
    ])
      assert.deepEqual(rangesOfStrangers(list), list);
  });

  it('names the ranges that are to blame alone', () => {
    assert.deepEqual(rangesOfStrangers(['10.0.0.1', '0.0.0.0/1', 'fd00::/8', '203.0.113.7']), [
      '0.0.0.0/1',
      '203.0.113.7',
    ]);
  });

  it('holds none where it holds private networks and some public addresses, however often it says so', () => {
    const own = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '100.64.0.0/10', '::1'];
    for (const list of [
      [],
      [...own, 'fc00::/7', 'fe80::/10', '203.0.113.0/24', '2606:4700::/32'],
      ['17.0.0.0/8', '17.0.0.0/9', '17.128.0.0/9', '17.1.2.3'],
      ['10.0.0.0/8', '11.0.0.0/8'],
    ])
      assert.deepEqual(rangesOfStrangers(list), []);
  });
});
