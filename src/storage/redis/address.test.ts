import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { looksLikeRedisAddress, type RedisAddress, readRedisAddress, shownRedisAddress } from './index.ts';

function read(text: string): RedisAddress {
  const address = readRedisAddress(text);
  if (typeof address === 'string') throw new Error(address);
  return address;
}

describe('an address of Redis', () => {
  it('needs no more than a host', () => {
    deepEqual(read('redis://cache'), {
      host: 'cache',
      port: 6379,
      isTls: false,
      username: null,
      password: null,
      database: 0,
    });
  });

  it('says by its scheme whether TLS is spoken, under the names of both products', () => {
    for (const scheme of ['redis', 'valkey']) {
      equal(read(`${scheme}://cache`).isTls, false);
      equal(read(`${scheme}s://cache`).isTls, true);
    }
    equal(looksLikeRedisAddress('VALKEYS://cache'), true);
    equal(looksLikeRedisAddress('memory'), false);
  });

  it('has its user name and password decoded, and shows neither', () => {
    const address = read('rediss://me%40here:p%3A%2Fw%C3%BC@[::1]:7000/12');
    equal(address.username, 'me@here');
    equal(address.password?.reveal(), 'p:/wü');
    equal(address.host, '::1');
    equal(address.database, 12);
    equal(shownRedisAddress(address), 'rediss://[::1]:7000/12');
    doesNotMatch(inspect(address) + JSON.stringify(address), /p:\/w/);
  });

  it('is refused in words that repeat nothing of it', () => {
    const wrong: Record<string, RegExp> = {
      'redis:': /must be redis:\/\/HOST/,
      'redis://:hush@': /must be redis:\/\/HOST/,
      'redis://:hush@cache:99999': /must be redis:\/\/HOST/,
      'redis://:hush@cache/zero': /number of a database/,
      'redis://:hush@cache/0?family=6': /no query/,
      'redis://:hush%@cache': /percent-encoded/,
    };
    for (const [text, sentence] of Object.entries(wrong)) {
      const said = readRedisAddress(text);
      equal(typeof said, 'string', text);
      match(String(said), sentence, text);
      doesNotMatch(String(said), /hush/);
    }
  });
});
