import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { addAccessToken } from '../../../../test/contract/opened-storage.ts';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';

import { readForms, readText } from '../../../../test/support/html-page.ts';
import { type NewConsumer, registerConsumer } from '../../../administration/index.ts';

const LIST = '/oauth/admin/consumers';
const VIEW = `${LIST}/view?key=wiki`;

describe('the page of a consumer', () => {
  let world: AdministrationPagesWorld;
  const html = async (path: string) => (await world.root.get(path)).text();
  const register = (more: Partial<NewConsumer>) => {
    const credential = { kind: 'generated-secret' } as const;
    return registerConsumer(world.context, { key: 'wiki', name: 'Wiki', credential, ...more }, 'root');
  };
  const allow = () =>
    addAccessToken(world.context.storage, 'one', { consumerKey: 'wiki', userName: 'alice' });

  beforeEach(async () => {
    world = await openAdministration();
  });

  it('leads from each of its users to their page', async () => {
    await register({});
    await allow();
    assert.match(await html(VIEW), /<a href="\/oauth\/admin\/users\/edit\?name=alice">Alice Arnold<\/a>/u);
  });

  it('leads to the question whether the access of a user ends, and back again', async () => {
    await register({});
    await allow();
    const link =
      /class="row-action is-danger" href="([^"]+)" aria-label="Revoke the access of Wiki for Alice/u;
    const [, path = ''] = link.exec(await html(VIEW)) ?? [];
    const question = await html(path.replaceAll('&amp;', '&'));
    assert.match(question, new RegExp(`href="${VIEW.replace('?', '\\?')}">Keep`, 'u'));
    const form = readForms(question).find(({ action }) => action.includes('/revoke'));
    const answer = await world.root.post(form!.action, {});
    assert.equal(answer.headers.get('location'), VIEW);
    assert.match(readText(await html(VIEW)), /One token was revoked\.[\s\S]*Nobody has given it access yet/u);
  });

  it('says its limits in one sentence, in both languages', async () => {
    await register({ readOnly: true, paths: ['/rest/**', '/issues/*'] });
    assert.match(readText(await html(VIEW)), /Read only, and only \/rest\/\*\*, \/issues\/\*/u);
    assert.match(readText(await html(`${VIEW}&lang=ja`)), /読み取り専用、\/rest\/\*\*, \/issues\/\* のみ/u);
  });

  it('quotes all lines of its description, in the direction of their letters', async () => {
    await register({ description: 'מציג תאריכים.\nכל יום.' });
    const quoted = '<blockquote class="own-words" dir="auto">מציג תאריכים.\nכל יום.</blockquote>';
    assert.ok((await html(VIEW)).includes(quoted));
    assert.match(await html(LIST), /<span class="description" dir="auto">מציג/u);
    assert.match(await html(`${LIST}/edit?key=wiki`), /<textarea id="description"[^>]* dir="auto"/u);
  });

  it('shows where what cannot be undone begins, as every page does', async () => {
    await register({});
    const grave = /<a class="button is-grave" href="[^"]*\/remove\?[^"]*">Remove<\/a>/u;
    assert.match(await html(VIEW), grave);
    assert.match(await html('/oauth/admin/users/edit?name=alice'), grave);
    const list = await html(LIST);
    assert.match(list, /<button class="button is-grave" name="action" value="removeConsumers">/u);
  });
});

describe('the form of a consumer', () => {
  it('asks for what everybody needs before what few do', async () => {
    const { root } = await openAdministration();
    const page = await (await root.get(`${LIST}/add-by-hand`)).text();
    const names = ['key', 'name', 'description', 'publicKey', 'callback', 'readOnly', 'paths', 'owner'];
    const places = names.map((name) => page.indexOf(` name="${name}"`));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    assert.ok(places[0]! > 0);
  });
});
