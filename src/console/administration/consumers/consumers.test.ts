import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';
import {
  IGOOGLE_CERTIFICATE,
  KEY_PAIR,
  OTHER_KEY_PAIR,
} from '../../../../test/support/administration-world.ts';
import { readForms, readText } from '../../../../test/support/html-page.ts';
import { findConsumer, registerConsumer } from '../../../administration/index.ts';
import { Secret } from '../../../base/index.ts';
import { OutboundRefused } from '../../../web/index.ts';

const LIST = '/oauth/admin/consumers';
const BY_HAND = { key: 'wiki', name: 'Wiki', credential: 'public-key', publicKey: KEY_PAIR.publicKey };
const BASE64_KEY = KEY_PAIR.publicKey.replace(/-----.*-----|\n/gu, '');

let world: AdministrationPagesWorld;
beforeEach(async () => {
  world = await openAdministration();
});

async function text(response: Response): Promise<string> {
  return readText(await response.text());
}

describe('adding a consumer by hand', () => {
  const add = (fields: Record<string, string>) =>
    world.root.post(`${LIST}/add-by-hand`, { ...BY_HAND, ...fields });

  it('stores it and shows its page', async () => {
    const answer = await add({ twoLegged: 'yes', executeAs: 'alice', paths: '/rest/**\r\n/issues/*' });
    assert.equal(answer.status, 303);
    const page = await text(await world.root.get(answer.headers.get('location')!));
    assert.match(page, /“Wiki” was added/u);
    assert.match(page, /Runs as alice/u);
    assert.match(page, /Only \/rest\/\*\*, \/issues\/\*/u);
    assert.match(page, /Consumer added/u);
  });

  it('comes back with what was typed and each mistake beside its field and in a summary', async () => {
    const answer = await add({
      key: 'wi\u0000ki',
      name: ' ',
      publicKey: 'not a key',
      callback: 'ftp://x/',
      executeAs: 'bob',
    });
    assert.equal(answer.status, 422);
    const html = await answer.text();
    for (const field of ['key', 'name', 'publicKey', 'callback', 'executeAs']) {
      assert.match(html, new RegExp(`<a href="#${field}">`, 'u'), field);
      assert.match(html, new RegExp(`id="${field}-error"`, 'u'), field);
    }
    const fields = readForms(html).find(({ action }) => action.endsWith('/add-by-hand'))!.fields;
    assert.equal(fields.get('publicKey')?.trim(), 'not a key');
    assert.equal(fields.get('callback'), 'ftp://x/');
    assert.equal(fields.get('executeAs'), 'bob');
  });

  it('refuses a private key in any field and sends it nowhere', async () => {
    const line = KEY_PAIR.privateKey.split('\n')[1]!;
    const bare = KEY_PAIR.privateKey.replace(/-----.*-----|\n/gu, '');
    for (const name of ['publicKey', 'description', 'name', 'secret', 'key']) {
      for (const pasted of [KEY_PAIR.privateKey, bare]) {
        const kind: Record<string, string> = name === 'secret' ? { credential: 'given-secret' } : {};
        const answer = await add({ ...kind, [name]: pasted });
        assert.equal(answer.status, 422, name);
        const html = await answer.text();
        assert.ok(!html.includes(line), name);
        assert.match(readText(html), /private key/u, name);
      }
    }
    assert.equal(await world.context.storage.consumers.find('wiki'), null);
    const log = await world.context.storage.audit.list({}, { search: '', offset: 0, limit: 100 });
    assert.ok(!JSON.stringify(log).includes(line));
    assert.deepEqual(world.errors, []);
  });

  it('sends nothing back that may be a private key in a form that it cannot read', async () => {
    const line = KEY_PAIR.privateKey.split('\n')[1]!;
    const hexadecimal = Buffer.from(line, 'base64').toString('hex');
    for (const pasted of [hexadecimal, `> ${line}`, `MIIJagIBAzCC${line}`]) {
      const answer = await add({ publicKey: pasted });
      assert.equal(answer.status, 422);
      const html = await answer.text();
      assert.ok(!html.includes(pasted.slice(2)), pasted);
    }
  });

  it('shows a generated secret once', async () => {
    const answer = await add({ credential: 'generated-secret', publicKey: '' });
    const shown = /data-copy="([A-Za-z0-9]{40})"/u.exec(await answer.text())?.[1];
    const consumer = await findConsumer(world.context, 'wiki');
    assert.ok(consumer.credential.kind === 'shared-secret');
    assert.equal(shown, consumer.credential.secret.reveal());
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    for (const page of ['view', 'edit', 'rotate']) {
      const html = await (await world.root.get(`${LIST}/${page}?key=wiki`)).text();
      assert.ok(!html.includes(shown!), page);
    }
    const again = await add({ credential: 'generated-secret', publicKey: '' });
    assert.equal(again.status, 422);
  });

  it('never sends a given secret back', async () => {
    const secret = 'a-secret-of-sufficient-length';
    const refused = await add({ credential: 'given-secret', secret, name: '' });
    assert.equal(refused.status, 422);
    assert.ok(!(await refused.text()).includes(secret));
    const stored = await add({ credential: 'given-secret', secret });
    const page = await world.root.get(stored.headers.get('location')!);
    assert.ok(!(await page.text()).includes(secret));
  });

  it('takes the iGoogle example and says in words what is weak about it', async () => {
    await add({ key: 'www.google.com', name: 'iGoogle', publicKey: IGOOGLE_CERTIFICATE });
    const list = await text(await world.root.get(LIST));
    assert.match(list, /iGoogle weak key/u);
    const page = await text(await world.root.get(`${LIST}/view?key=www.google.com`));
    assert.match(page, /1024 bits/u);
    assert.match(page, /The certificate expired on 8 October 2009/u);
    assert.match(page, /sha1WithRSAEncryption/iu);
    assert.match(page, /Consumer added weak key/u);
  });

  it('works for keys that would not survive in a path', async () => {
    for (const key of ['..', 'a/b', '100%', 'wiki:0123456789', '鍵 と 空白', '?x=1&y#z']) {
      const answer = await add({ key });
      assert.equal(answer.status, 303, key);
      const page = await world.root.get(answer.headers.get('location')!);
      assert.equal(page.status, 200, key);
    }
  });
});

describe('adding a consumer by its base URL', () => {
  const fetch = (baseUrl: string) => world.root.post(`${LIST}/add`, { baseUrl });
  const xml = (name: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><consumer><key>wiki:1</key><name>${name}</name><publicKey>${BASE64_KEY}</publicKey><description>Where we write</description><callback>https://wiki.example/cb</callback></consumer>`;

  it('shows what was fetched, and stores exactly that', async () => {
    world.answer(() => ({ body: xml('Wiki') }));
    const preview = await fetch(' https://wiki.example/wiki/ ');
    const html = await preview.text();
    assert.deepEqual(world.fetched, ['https://wiki.example/wiki/plugins/servlet/oauth/consumer-info']);
    assert.equal(await world.context.storage.consumers.find('wiki:1'), null);
    const form = readForms(html).find(({ action }) => action.endsWith('/add-by-hand'))!;
    world.answer(() => ({ body: xml('Evil twin') }));
    const answer = await world.root.post(`${LIST}/add-by-hand`, Object.fromEntries(form.fields));
    assert.equal(answer.status, 303);
    const consumer = await findConsumer(world.context, 'wiki:1');
    assert.equal(consumer.name, 'Wiki');
    assert.equal(consumer.callback, 'https://wiki.example/cb');
    assert.equal(consumer.baseUrl, 'https://wiki.example/wiki');
    assert.equal(world.fetched.length, 1);
  });

  it('escapes what strangers say about themselves', async () => {
    world.answer(() => ({ body: xml('&lt;script&gt;alert(1)&lt;/script&gt;') }));
    const html = await (await fetch('https://wiki.example')).text();
    assert.ok(!html.includes('<script>alert'));
  });

  it('refuses a private key that somebody publishes, and does not repeat it', async () => {
    const bare = KEY_PAIR.privateKey.replace(/-----.*-----|\n/gu, '');
    world.answer(() => ({ body: xml('Wiki').replace(BASE64_KEY, bare) }));
    const html = await (await fetch('https://wiki.example')).text();
    assert.ok(!html.includes(bare.slice(100, 160)));
    assert.match(readText(html), /private key/u);
    const tampered = { previewed: 'yes', key: 'k', name: 'n', baseUrl: 'https://w.example', publicKey: bare };
    const again = await world.root.post(`${LIST}/add-by-hand`, tampered);
    assert.equal(again.status, 422);
    assert.ok(!(await again.text()).includes(bare.slice(100, 160)));
  });

  it('says at once that a key is registered already', async () => {
    const credential = { kind: 'public-key', text: KEY_PAIR.publicKey } as const;
    await registerConsumer(world.context, { key: 'wiki:1', name: 'x', credential }, 'root');
    world.answer(() => ({ body: xml('Wiki') }));
    const answer = await fetch('https://wiki.example');
    assert.equal(answer.status, 422);
    assert.match(await text(answer), /in use already/u);
  });

  const failures: [string, string, () => { status?: number; body?: string }, RegExp][] = [
    ['an address that is none', 'wiki.example', () => ({}), /enter an absolute address/u],
    [
      'an answer that is no success',
      'https://wiki.example',
      () => ({ status: 404 }),
      /answered with status 404/u,
    ],
    [
      'a page instead of XML',
      'https://wiki.example',
      () => ({ body: '<!doctype html><title>Log in</title>' }),
      /document type/u,
    ],
    ['XML of another kind', 'https://wiki.example', () => ({ body: '<rss/>' }), /no consumer information/u],
    ['text that is no XML', 'https://wiki.example', () => ({ body: 'hello' }), /not well-formed/u],
    [
      'a timeout',
      'https://wiki.example',
      () => {
        throw new OutboundRefused('timeout', 'https://wiki.example did not answer within 10 seconds.');
      },
      /did not answer within 10 seconds/u,
    ],
    [
      'a forbidden address',
      'https://wiki.example',
      () => {
        throw new OutboundRefused(
          'address-forbidden',
          'wiki.example leads to a private or reserved address.',
        );
      },
      /private or reserved address/u,
    ],
  ];
  for (const [what, baseUrl, stub, message] of failures) {
    it(`tells ${what} beside the field, with the address still there`, async () => {
      world.answer(stub);
      const answer = await fetch(baseUrl);
      assert.equal(answer.status, 422);
      const html = await answer.text();
      assert.match(html, /id="baseUrl-error"/u);
      assert.match(readText(html), message);
      assert.equal(
        readForms(html)
          .find(({ fields }) => fields.has('baseUrl'))
          ?.fields.get('baseUrl'),
        baseUrl,
      );
      assert.deepEqual(world.errors, []);
    });
  }
});

describe('the words about an answer that is no consumer information', () => {
  it('are those of the page’s language alone, and nothing of the parser’s', async () => {
    world.answer(() => ({ body: '<consumer>\n<key>wiki & more</key></consumer>' }));
    const fields = { baseUrl: 'https://wiki.example' };
    const japanese = await text(await world.root.post(`${LIST}/add?lang=ja`, fields));
    assert.match(japanese, /コンシューマ情報が XML として正しくありません: 「&」の後が/u);
    assert.doesNotMatch(japanese, /well-formed|entity|unclosed/u);
  });
});

describe('changing a consumer', () => {
  const formOf = async (path: string) => {
    const html = await (await world.root.get(path)).text();
    const form = readForms(html).find(({ action }) => action === path)!;
    return Object.fromEntries(form.fields);
  };
  beforeEach(async () => {
    const credential = { kind: 'public-key', text: KEY_PAIR.publicKey } as const;
    await registerConsumer(world.context, { key: 'wiki', name: 'Wiki', credential }, 'root');
  });

  it('saves what was changed, and calls the button Save', async () => {
    const path = `${LIST}/edit?key=wiki`;
    assert.match(await text(await world.root.get(path)), /Save/u);
    const answer = await world.root.post(path, { ...(await formOf(path)), name: 'Wiki 2' });
    assert.equal(answer.status, 303);
    const consumer = await findConsumer(world.context, 'wiki');
    assert.equal(consumer.name, 'Wiki 2');
    assert.equal(consumer.retiring, null);
  });

  it('shows a newer change instead of overwriting it, then lets one overwrite it knowingly', async () => {
    const path = `${LIST}/edit?key=wiki`;
    const old = await formOf(path);
    await world.root.post(path, { ...old, name: 'By somebody else' });
    const conflict = await world.root.post(path, { ...old, name: 'Mine' });
    assert.equal(conflict.status, 422);
    const html = await conflict.text();
    assert.match(readText(html), /Somebody changed this/u);
    assert.match(readText(html), /By somebody else/u);
    const again = Object.fromEntries(readForms(html).find(({ action }) => action === path)!.fields);
    assert.equal(again.name, 'Mine');
    assert.equal((await world.root.post(path, again)).status, 303);
    assert.equal((await findConsumer(world.context, 'wiki')).name, 'Mine');
  });

  it('leads back to the consumer from its rotation, not to the list', async () => {
    const html = await (await world.root.get(`${LIST}/rotate?key=wiki`)).text();
    assert.match(html, new RegExp(`href="${LIST}/view\\?key=wiki"[^>]*>Return to the consumer<`, 'u'));
    assert.doesNotMatch(readText(html), /Return to Consumer List/u);
  });

  it('rotates to another key, keeping the old one for a while', async () => {
    const path = `${LIST}/rotate?key=wiki`;
    const form = await formOf(path);
    const wrong = await world.root.post(path, { ...form, publicKey: KEY_PAIR.publicKey, overlap: 'x' });
    assert.equal(wrong.status, 422);
    const done = await world.root.post(path, { ...form, publicKey: OTHER_KEY_PAIR.publicKey });
    assert.match(
      await text(await world.root.get(done.headers.get('location')!)),
      /The old one stays valid until/u,
    );
    const twice = await world.root.post(path, { ...form, publicKey: IGOOGLE_CERTIFICATE });
    assert.equal(twice.status, 422);
  });

  it('removes an unused consumer after one question', async () => {
    const path = `${LIST}/remove?key=wiki`;
    assert.match(await text(await world.root.get(path)), /Nobody uses it/u);
    const answer = await world.root.post(path, {});
    assert.match(
      await text(await world.root.get(answer.headers.get('location')!)),
      /“Wiki” was removed; 0 users/u,
    );
    assert.equal((await world.root.get(`${LIST}/view?key=wiki`)).status, 404);
  });

  it('asks for the name when users lose access, and says how many', async () => {
    const { storage } = world.context;
    storage.consumers.countActiveUsers = async () => 12;
    const path = `${LIST}/remove?key=wiki`;
    assert.match(await text(await world.root.get(path)), /12 users lose access at once/u);
    const refused = await world.root.post(path, { confirmation: 'wiki' });
    assert.equal(refused.status, 422);
    assert.notEqual(await storage.consumers.find('wiki'), null);
    assert.equal((await world.root.post(path, { confirmation: 'Wiki' })).status, 303);
    assert.equal(await storage.consumers.find('wiki'), null);
  });
});

describe('removing a consumer whose name runs from right to left', () => {
  it('takes the name as it stands on the page', async () => {
    const credential = { kind: 'generated-secret' } as const;
    await registerConsumer(world.context, { key: 'luach', name: 'לוח שנה', credential }, 'root');
    world.context.storage.consumers.countActiveUsers = async () => 1;
    const path = `${LIST}/remove?key=luach`;
    const shown = '\u2068לוח שנה\u2069';
    assert.ok((await text(await world.root.get(path))).includes(shown));
    assert.equal((await world.root.post(path, { confirmation: shown })).status, 303);
  });
});

describe('cloning a consumer', () => {
  it('fills the form with its settings, and with neither its key, its name nor its credential', async () => {
    const given = { kind: 'given-secret', secret: new Secret('known-to-the-wiki-only') } as const;
    const limits = { readOnly: true, paths: ['/rest/**'], twoLegged: true, executeAs: 'alice' };
    await registerConsumer(
      world.context,
      { key: 'wiki', name: 'Wiki', credential: given, allowPlaintext: true, ...limits },
      'root',
    );
    assert.match(await (await world.root.get(`${LIST}/view?key=wiki`)).text(), /clone\?key=wiki/u);
    const html = await (await world.root.get(`${LIST}/clone?key=wiki`)).text();
    assert.ok(!html.includes('known-to-the-wiki-only'));
    const { action, fields } = readForms(html).find(({ action }) => action.endsWith('/add-by-hand'))!;
    assert.deepEqual([fields.get('key'), fields.get('name'), fields.get('secret')], ['', '', '']);
    const clone = { ...Object.fromEntries(fields), key: 'forum', name: 'Forum' };
    assert.equal((await world.root.post(action, clone)).status, 200);
    const { credential, ...forum } = await findConsumer(world.context, 'forum');
    assert.ok(credential.kind === 'shared-secret' && credential.secret.reveal() !== given.secret.reveal());
    assert.deepEqual([forum.limits.paths, forum.twoLegged.executeAs], [['/rest/**'], 'alice']);
    assert.ok(forum.limits.readOnly && forum.allowPlaintext);
  });
});
