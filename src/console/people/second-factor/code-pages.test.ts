import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { generateSync } from 'otplib';
import { PASSWORD } from '../../../../test/support/accounts-world.ts';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';
import { readText } from '../../../../test/support/html-page.ts';
import type { PageBrowser } from '../../../../test/support/pages-world.ts';
import { nowSeconds } from '../../../base/index.ts';
import { oneTimeCodes } from '../../../server/one-time-codes.ts';

const SETTINGS = '/oauth/account/second-factor';
const LOGIN = '/oauth/login';
const CODE = '/oauth/login/code';
const NEXT = '/oauth/account';

describe('the second step of a login', () => {
  let world: AdministrationPagesWorld;
  let codes: readonly string[];

  const codesOf = (page: string) => [...new Set(page.match(/\b[A-Z0-9]{5}-[A-Z0-9]{5}\b/gu))];

  before(async () => {
    world = await openAdministration();
    const alice = world.browser();
    await alice.logIn('alice');
    const secret = oneTimeCodes.createSecret().reveal();
    const code = generateSync({ secret, epoch: nowSeconds(world.context.clock) });
    codes = codesOf(await (await alice.post(SETTINGS, { secret, code, password: PASSWORD })).text());
    assert.equal(codes.length, 10);
  });

  /** Alice after her password, and the page that asks for the code. */
  async function asked(): Promise<{ alice: PageBrowser; page: string; ticket: string }> {
    const alice = world.browser();
    const fields = { username: 'alice', password: PASSWORD, next: NEXT };
    const page = await (await alice.post(LOGIN, fields)).text();
    return { alice, page, ticket: /name="ticket" value="([^"]+)"/u.exec(page)?.[1] ?? '' };
  }

  it('puts the cursor where the code goes, and with a wrong one nowhere else than to what is wrong', async () => {
    const { alice, page, ticket } = await asked();
    assert.match(page, /<input id="code"[^>]* autofocus/u);
    const wrong = await (await alice.post(CODE, { ticket, next: NEXT, code: 'no' })).text();
    assert.doesNotMatch(wrong, /autofocus/u);
    assert.match(wrong, /data-focus/u);
  });

  it('says what to do without device and codes, and leads back to where one wanted to go', async () => {
    const { alice, page } = await asked();
    assert.match(readText(page), /An administrator can take the second factor away/u);
    const links = [...page.matchAll(/href="([^"]+)"[^>]*>(?:Log in as somebody else|日本語)/gu)].map(
      ([, to]) => to,
    );
    assert.deepEqual(links, [
      `${LOGIN}?next=${encodeURIComponent(NEXT)}`,
      `${LOGIN}?lang=ja&amp;next=${encodeURIComponent(NEXT)}`,
    ]);
    const again = await alice.get(`${CODE}?lang=ja&next=${encodeURIComponent(NEXT)}`);
    assert.equal(again.headers.get('location'), links[0]);
  });

  it('tells whoever took a recovery code how many are left, before there is none', async () => {
    const told: string[] = [];
    for (const code of codes) {
      const { alice, ticket } = await asked();
      const answer = await alice.post(CODE, { ticket, next: NEXT, code });
      assert.equal(answer.headers.get('location'), NEXT);
      told.push(readText(await (await alice.get(NEXT)).text()));
    }
    assert.match(told[0]!, /with a recovery code\. 9 are left/u);
    assert.match(told[8]!, /One is left: make new ones/u);
    assert.match(told[9]!, /your last recovery code\. Make new ones now/u);
  });

  it('is not said to begin with new recovery codes: it had begun before', async () => {
    const root = world.browser();
    await root.logIn('root');
    const secret = oneTimeCodes.createSecret().reveal();
    const code = generateSync({ secret, epoch: nowSeconds(world.context.clock) });
    await root.post(SETTINGS, { secret, code, password: PASSWORD });
    const renewed = await (
      await root.post(`${SETTINGS}/change`, { act: 'renew', password: PASSWORD })
    ).text();
    assert.equal(codesOf(renewed).length, 10);
    assert.match(readText(renewed), /in place of all that you had/u);
    assert.doesNotMatch(readText(renewed), /From the next login on/u);
  });
});
