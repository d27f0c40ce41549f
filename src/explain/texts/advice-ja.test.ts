import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { CALLBACK_MISTAKES } from '../../model/index.ts';
import { adviceInJapanese } from './advice.ja.ts';

const ROOT = new URL('../../', import.meta.url);
const STAGES = ['oauth', 'provider', 'provider/stages'];
const ENGLISH = /[A-Za-z]{3,} [a-z]/;

/** Every sentence in the sources that make problems, with one word for each value in it. */
function* advices(): Generator<readonly [file: string, advice: string]> {
  for (const directory of STAGES) {
    for (const name of readdirSync(new URL(directory, ROOT))) {
      if (!name.endsWith('.ts') || name.endsWith('.test.ts') || name === 'consent.ts') continue;
      const source = readFileSync(new URL(`${directory}/${name}`, ROOT), 'utf8').replace(
        /\/\*[\s\S]*?\*\//g,
        '',
      );
      if (!/new Problem\(|\bAdvice\(/i.test(source)) continue;
      for (const [, quoted, template] of source.matchAll(/'([A-Z](?:[^'\\\n])* [^'\n]*\.)'|`([^`]*\.)`/g)) {
        yield [name, quoted ?? template!.replace(/\$\{[^}]*\}/g, 'value')];
      }
    }
  }
  yield* Object.values(CALLBACK_MISTAKES).map((advice) => ['callback-uri.ts', advice] as const);
}

describe('advice in Japanese', () => {
  it('is there for every sentence that the provider says', () => {
    const found = [...advices()];
    assert.ok(found.length > 40, `${found.length} sentences`);
    for (const [file, advice] of found) {
      if (file === 'issue-access-token.ts') continue;
      assert.doesNotMatch(adviceInJapanese(advice), ENGLISH, `${file}: ${advice}`);
    }
  });

  it('keeps the values, and says phrases among them in Japanese too', () => {
    assert.equal(
      adviceInJapanese('The value of oauth_token is longer than 2048 characters.'),
      'oauth_token の値が 2048 文字を超えています。',
    );
    assert.match(
      adviceInJapanese(
        "The timestamp is 86400 seconds behind this server's clock (1700000000); set the client's clock right and sign again.",
      ),
      /1700000000\) より 86400 秒遅れています/,
    );
    assert.match(
      adviceInJapanese('This consumer may not use HMAC-SHA1; use one of RSA-SHA1, RSA-SHA256.'),
      /HMAC-SHA1 .*RSA-SHA1, RSA-SHA256/,
    );
  });

  it('leaves what it does not know as it is', () => {
    assert.equal(adviceInJapanese('Something new.'), 'Something new.');
    assert.equal(adviceInJapanese('constructor'), 'constructor');
  });
});
