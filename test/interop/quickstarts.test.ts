/**
 * Every quickstart, read from the page of a consumer's owner and run as it stands there: with keys that would break
 * out of a carelessly quoted literal, by HMAC and by RSA. The one that is not run here says so on its page.
 */
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PRIVATE_KEY_FILE, QUICKSTARTS, type QuickstartLanguage } from '../../src/quickstarts/index.ts';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { readCode, readText } from '../support/html-page.ts';
import { type Page, Person } from '../support/person.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const ALICE = { username: 'alice', password: 'correct horse battery staple' };
const SECRET = 'Kd94hf93k423kf44&pfkkd9 xq';
const AWKWARD = `it's "his" \\ $HOME #{1} \${2} @a %s é`;
const KEYS = { 'shared-secret': `${AWKWARD} hmac`, 'public-key': `${AWKWARD} rsa` } as const;

/** Jars of Debian that google-oauth-client needs, as Maven would have put them into lib. */
const JARS = ['google-*', 'guava', 'gson', 'httpcore', 'jsr305', 'opencensus-*', 'grpc-context'];

describe('the quickstarts', () => {
  let installation: Installation;
  let directory: string;
  before(async () => {
    installation = await startInstallation();
    directory = await mkdtemp(join(tmpdir(), 'countersign-quickstart-'));
    await installation.command(['user', 'add', 'alice', '--password-stdin'], ALICE.password);
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await writeFile(join(directory, PRIVATE_KEY_FILE), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const publicFile = join(directory, 'public-key.pem');
    await writeFile(publicFile, publicKey.export({ type: 'spki', format: 'pem' }));
    const add = (key: string) => [
      'consumer',
      'add',
      '--key',
      key,
      '--name',
      key.slice(-4),
      '--owner',
      'alice',
    ];
    await installation.command([...add(KEYS['shared-secret']), '--secret-stdin'], SECRET);
    await installation.command([...add(KEYS['public-key']), '--public-key', publicFile]);
    await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
    await mkdir(join(directory, 'lib'));
    for (const jar of globSync(JARS.map((name) => `/usr/share/java/${name}.jar`)))
      await symlink(jar, join(directory, 'lib', jar.slice('/usr/share/java/'.length)));
  });
  after(async () => {
    await installation?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  /** The code blocks of the page: install, perhaps the secret's line, the program, how it is run. */
  async function shown(person: Person, key: string, language: QuickstartLanguage): Promise<string[]> {
    const query = new URLSearchParams({ key, language });
    const address = `${installation.url}/oauth/users/applications/quickstart?${query}`;
    let page = await person.open(address);
    if (new URL(page.url).pathname.endsWith('/oauth/login')) page = await person.logIn(page, ALICE);
    assert.equal(page.status, 200, page.text);
    assert.ok(!page.html.includes(SECRET));
    return readCode(page.html);
  }

  function start(run: string): ChildProcessWithoutNullStreams {
    const path = [dirname(process.execPath), join(ROOT, 'bin'), '/usr/bin', process.env.PATH].join(delimiter);
    const environment = { ...process.env, PATH: path, CONSUMER_SECRET: SECRET, LC_ALL: 'C.UTF-8' };
    return spawn('sh', ['-c', run], { cwd: directory, env: environment });
  }

  for (const [name, { title, file, isTested }] of Object.entries(QUICKSTARTS)) {
    const language = name as QuickstartLanguage;
    for (const [kind, key] of Object.entries(KEYS)) {
      it(`${isTested ? 'bring' : 'are shown, but not run, for'} ${title} to data with a ${kind}`, async () => {
        const person = new Person(installation.url);
        const blocks = await shown(person, key, language);
        assert.equal(blocks.length, kind === 'shared-secret' ? 4 : 3);
        if (!isTested) return;

        await writeFile(join(directory, file), blocks.at(-2) ?? '');
        const child = start(blocks.at(-1) ?? '');
        let [said, complained] = ['', ''];
        child.stderr.on('data', (bytes) => (complained += bytes));
        const ended = new Promise((resolve) => child.once('close', resolve));
        const address = await new Promise<string>((resolve, reject) => {
          void ended.then(() => reject(new Error(said + complained)));
          child.stdout.on('data', (bytes) => {
            said += bytes;
            const asked = /^Open (\S+)\s+Code:/m.exec(said)?.[1];
            if (asked !== undefined) resolve(asked);
          });
        });
        const approved = await person.decide(address, ALICE, 'Approve');
        child.stdin.end(`${codeOn(approved)}\n`);
        assert.equal(await ended, 0, said + complained);
        assert.match(said, /"user":"alice"/, complained);
      });
    }
  }
});

/** The code that the person is shown to type in, which stands in groups of four. */
function codeOn({ html }: Page): string {
  return readText(/<output\b[\s\S]*?<\/output>/.exec(html)?.[0] ?? '').replaceAll(' ', '');
}
