import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';
import { readForms, readText } from '../../../../test/support/html-page.ts';
import { installationKeyFacts } from '../../../administration/index.ts';
import { nowSeconds } from '../../../base/index.ts';

const PATH = '/oauth/admin/consumer-info';

let world: AdministrationPagesWorld;
beforeEach(async () => {
  world = await openAdministration();
});

const stored = async () => (await world.context.storage.installation.read())!;
const keys = async () => installationKeyFacts(await stored(), nowSeconds(world.context.clock));
const pageOf = async (path: string) => readText(await (await world.root.get(path)).text());

async function send(changes: Record<string, string> = {}): Promise<Response> {
  const html = await (await world.root.get(`${PATH}/rotate`)).text();
  const form = readForms(html).find(({ action }) => action === `${PATH}/rotate`)!;
  return world.root.post(`${PATH}/rotate`, { ...Object.fromEntries(form.fields), ...changes });
}

describe('rotating our own key in the console', () => {
  it('asks first, and says what the others must do', async () => {
    assert.match(await pageOf(PATH), /Rotate key/u);
    assert.match(
      await pageOf(`${PATH}/rotate`),
      /published at once.*“Fetch its new key”.*countersign consumer rotate KEY --from-base-url/u,
    );
    assert.equal((await keys()).next, null);
  });

  it('shows the present and the next fingerprint and when the next takes over, but no private key', async () => {
    const before = await keys();
    const done = await send();
    assert.equal(done.status, 303);
    const html = await (await world.root.get(done.headers.get('location')!)).text();
    const { present, next } = await keys();
    assert.equal(present.fingerprint, before.present.fingerprint);
    assert.ok(html.includes(present.fingerprint) && html.includes(next!.fingerprint));
    assert.ok(html.includes(next!.pem.split('\n')[3]!));
    assert.match(readText(html), /takes over on .*Takes over/u);
    assert.ok(!html.includes((await stored()).next!.privateKey.reveal().split('\n')[2]!));
  });

  it('lets the next key take over early when that is asked for', async () => {
    await send();
    const { next } = await keys();
    assert.match(await pageOf(`${PATH}/rotate`), /Let the next key take over now\?/u);
    assert.match(
      await pageOf((await send()).headers.get('location')!),
      /The new key has taken over, and the old one was deleted/u,
    );
    const after = await keys();
    assert.deepEqual([after.present.fingerprint, after.next], [next?.fingerprint, null]);
  });

  it('rotates once for one form, and refuses an overlap that is none', async () => {
    const refused = await send({ overlap: '91' });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /id="overlap-error"/u);
    assert.equal((await send({ overlap: '0', publishedKey: 'another' })).status, 422);
    assert.equal((await keys()).next, null);
  });

  it('is for administrators, by a form of this installation only', async () => {
    const stranger = await world.browser().get(`${PATH}/rotate`);
    assert.equal(stranger.status, 303);
    assert.match(await pageOf(`${PATH}?lang=ja`), /鍵を更新/u);
  });
});
