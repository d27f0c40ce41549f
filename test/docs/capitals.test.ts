import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';

const ROOT = new URL('../../', import.meta.url);

/** Labels that people know from the documentation of the original, written as there wherever they stand. */
const KNOWN_LABELS = [
  'OAuth Administration',
  'Add OAuth Consumer',
  'Return to Consumer List',
  'Consumer Base URL',
  'Consumer Info',
  'Consumer Key',
  'Public Key',
  'Callback URL',
  'Service Providers',
  'Service Provider Name',
  'Add it Now',
  'Revoke OAuth Access Token',
];

/** The same, which are also words of sentences. */
const KNOWN_NAMES = ['Shared Secret'];

/** Pages and buttons that sentences name. */
const PLACES = ['Account', 'Approve', 'Connections', 'Dashboards', 'Deny', 'Diagnosis'];

/** Names of products, keys and headers. */
const NAMES = [
  'Atom',
  'Authorization header',
  'Authorization',
  'Bitbucket',
  'Confluence',
  'Countersign',
  'Enter',
  'Escape',
  'Europe/Berlin',
  'Google',
  'If-Match',
  'Jira',
  'Microsoft Authenticator',
  'WWW-Authenticate',
  'X-Request-Id',
];

const ALLOWED = new RegExp(
  [...KNOWN_LABELS, ...KNOWN_NAMES, ...PLACES, ...NAMES]
    .toSorted((a, b) => b.length - a.length)
    .map((name) => `\\b${name}\\b`)
    .join('|'),
  'g',
);

interface Sentence {
  readonly where: string;
  readonly text: string;
}

/** Every English sentence of the pages and of the gadgets that come with them. */
async function sentences(): Promise<Sentence[]> {
  const files = globSync('src/**/*{messages,words}*.ts', { cwd: ROOT }).filter(
    (file) => !/\.test\.|\.ja\.|\/browser\//.test(file),
  );
  const modules = await Promise.all(
    files.map(async (file) => [file, (await import(new URL(file, ROOT).href)) as object] as const),
  );
  return [
    ...modules.flatMap(([file, exported]) =>
      Object.entries(exported).flatMap(([name, value]) => englishOf(`${file} ${name}`, name, value)),
    ),
    ...globSync('src/dashboard/own-gadgets/specs/messages/*.en.xml', { cwd: ROOT }).flatMap((file) =>
      [...readFileSync(new URL(file, ROOT), 'utf8').matchAll(/<msg name="(\w+)">([^<]*)</g)].map(
        ([, name, text]) => ({ where: `${file} ${name}`, text: text! }),
      ),
    ),
  ];
}

/** The sentences of a catalogue, or of its English half. */
function englishOf(where: string, name: string, value: unknown): Sentence[] {
  if (name === 'en') return textsIn(where, value);
  const isCatalogue = typeof value === 'object' && value !== null && 'en' in value;
  return isCatalogue ? textsIn(where, value.en) : [];
}

function textsIn(where: string, value: unknown): Sentence[] {
  if (typeof value === 'string') return [{ where, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(`${where}.${key}`, one));
}

/** Words that begin with a capital although no sentence begins with them. */
function strayCapitals(text: string): string[] {
  const plain = text.replace(/^\{\w+\} /, '').replaceAll(ALLOWED, 'x');
  return plain.match(/(?<!^|[.?!:;“"(] |[“"(]|\n)\b[A-Z][a-z]+\b/g) ?? [];
}

describe('the capitals of labels, buttons and sentences', () => {
  let all: Sentence[];

  before(async () => {
    all = await sentences();
  });

  it('are looked for in all that pages say', () => {
    assert.ok(all.length > 1500, String(all.length));
    assert.deepEqual(strayCapitals('Add User. Then: “Remove” the Consumer Key of Jira'), ['User']);
  });

  it('begin sentences and names only', () => {
    const stray = all.filter(({ text }) => strayCapitals(text).length > 0);
    assert.deepEqual(stray, []);
  });

  it('are those that people know, in labels that they know', () => {
    const known = new Map(KNOWN_LABELS.map((label) => [label.toLowerCase(), label]));
    const other = all.filter(({ text }) => (known.get(text.toLowerCase()) ?? text) !== text);
    assert.deepEqual(other, []);
  });
});
