import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type OpenIdInstallation, startOpenIdInstallation } from '../support/openid-installation.ts';
import { type Page, Person } from '../support/person.ts';

const PASSWORD = 'correct horse battery staple';

describe('login by npm oidc-provider', () => {
  let world: OpenIdInstallation;

  before(async () => {
    world = await startOpenIdInstallation(['--oidc-administrators', 'groups=keepers']);
    await world.installation.command(['user', 'add', 'root', '--admin', '--password-stdin'], PASSWORD);
    await world.installation.command(['user', 'add', 'alice', '--password-stdin'], PASSWORD);
  });
  after(() => world?.stop());

  /** Presses our button, then theirs; gives the page on which the person ends here, and where the answer led. */
  async function logIn(choice: RegExp, next: string): Promise<{ page: Page; back: string; person: Person }> {
    const person = new Person(world.installation.url);
    const login = await person.open(`${world.installation.url}/oauth/login?${new URLSearchParams({ next })}`);
    const left = await person.follow(login, /^Log in with Example ID$/);
    const there = new Person(world.issuer);
    const answer = await there.press(await there.open(left.leftFor ?? ''), choice);
    const back = answer.leftFor ?? '';
    return { page: await person.open(back), back, person };
  }

  it('makes a user of somebody new, in the role that a claim says, and leads on', async () => {
    const { page } = await logIn(/^Carol Example$/, '/oauth/account');
    assert.equal(new URL(page.url).pathname, '/oauth/account');
    assert.match(page.text, /Carol Example/);
    const shown = await world.installation.command(['user', 'show', 'carol', '--json']);
    const carol = JSON.parse(shown.stdout) as Record<string, unknown>;
    assert.deepEqual(
      [carol.isAdministrator, carol.identity],
      [true, { issuer: `${world.issuer}/`, subject: 'person-1' }],
    );
  });

  it('does not take the same answer again', async () => {
    const { back, person } = await logIn(/^Carol Example$/, '');
    const again = await person.open(back);
    assert.equal(again.status, 400);
    assert.match(again.text, /has been finished already/);
  });

  it('takes over no user by name, until an administrator binds them', async () => {
    const refused = await logIn(/^Alice Elsewhere$/, '');
    assert.equal(refused.page.status, 403);
    assert.match(refused.page.text, /not known to be you/);
    const identity = ['--issuer', world.issuer, '--subject', 'person-2'];
    await world.installation.command(['user', 'bind', 'alice', ...identity]);
    const { page } = await logIn(/^Alice Elsewhere$/, '/oauth/account');
    assert.match(page.text, /User name alice/);
    await world.installation.command(['user', 'unbind', 'alice']);
    assert.equal((await logIn(/^Alice Elsewhere$/, '')).page.status, 403);
  });

  it('says so when the person cancels', async () => {
    const { page } = await logIn(/^Cancel$/, '');
    assert.equal(page.status, 403);
    assert.match(page.text, /cancelled there/);
  });

  it('writes neither codes nor tokens nor the secret into the log', () => {
    const output = world.installation.output();
    assert.match(output, /"problem":"name-taken"/);
    assert.doesNotMatch(output, /eyJ|the secret of the client|code=/);
  });

  it('leaves passwords as they are while the provider is down', async () => {
    world.stopProvider();
    const person = new Person(world.installation.url);
    const login = `${world.installation.url}/oauth/login`;
    await world.installation.restart();
    const failed = await person.follow(await person.open(login), /^Log in with Example ID$/);
    assert.equal(failed.status, 502);
    assert.match(failed.text, /Example ID cannot be reached/);
    const page = await person.logIn(await person.open(login), { username: 'alice', password: PASSWORD });
    assert.equal(new URL(page.url).pathname, '/oauth/users/access-tokens');
  });
});
