/**
 * A published promise, against the real program: every address has an enforced rule. The table of addresses is the
 * program's own, so a new one is tried without anybody thinking of it; each is asked as a stranger, as a user and,
 * where it may not be done, as an administrator without the form's token.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as faces from '../../src/console/index.ts';
import { dashboardPages } from '../../src/dashboard/index.ts';
import { oauthEndpoints } from '../../src/endpoints/index.ts';
import type { PageSet } from '../../src/web/index.ts';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { tallyOf } from './promise.ts';

const NOTHING = {} as never;
const PASSWORD = 'correct horse battery staple';

/** Changes something although anybody may use it; each proves by itself who is asking. */
const OPEN_POSTS = ['/oauth/login', '/oauth/login/code', '/oauth/setup'];

/** Whatever set of pages the console has, and the dashboards. */
const pages = Object.entries(faces)
  .filter(([name]) => name.endsWith('Pages'))
  .map(([, pagesOf]) => pagesOf as (dependencies: never) => PageSet)
  .flatMap((pagesOf) => pagesOf(NOTHING).routes)
  .concat(dashboardPages({ gadgets: {} } as never).routes);
const endpoints = oauthEndpoints({ provider: NOTHING } as never);

describe('every address', () => {
  let installation: Installation;
  let user = '';
  let administrator = '';
  const tally = tallyOf(13, 'each route as a stranger, a user, an administrator without the form’s token');
  before(async () => {
    installation = await startInstallation();
    await installation.command(['user', 'add', 'alice', '--password-stdin'], PASSWORD);
    await installation.command(['user', 'add', 'root', '--admin', '--password-stdin'], PASSWORD);
    user = await logIn('alice');
    administrator = await logIn('root');
  });
  after(() => installation?.stop());

  async function logIn(username: string): Promise<string> {
    const body = new URLSearchParams({ username, password: PASSWORD });
    const answer = await fetch(`${installation.url}/oauth/login`, {
      method: 'POST',
      body,
      redirect: 'manual',
    });
    return answer.headers.getSetCookie()[0]!.split(';')[0]!;
  }

  async function ask(
    method: string,
    path: string,
    cookie: string,
  ): Promise<{ status: number; location: string }> {
    const address = installation.url + path.replace(/:\w+/g, 'anything');
    const body = method === 'POST' ? new URLSearchParams({ csrf: 'a guess' }) : null;
    const answer = await fetch(address, { method, body, headers: { cookie }, redirect: 'manual' });
    await answer.arrayBuffer();
    return { status: answer.status, location: answer.headers.get('location') ?? '' };
  }

  function expect(isAsItShouldBe: boolean, what: string): void {
    tally.try(isAsItShouldBe, what);
    assert.ok(isAsItShouldBe, what);
  }

  for (const { method, path, access } of pages) {
    it(`${method} ${path} is for ${access}`, async () => {
      const stranger = await ask(method, path, '');
      const isSentToLogIn = stranger.status === 303 && stranger.location.startsWith('/oauth/login');
      if (access !== 'anyone') expect(isSentToLogIn, `a stranger got ${stranger.status}`);
      if (access === 'administrator') {
        const { status } = await ask(method, path, user);
        expect(status === 403, `a user got ${status}`);
      }
      if (method === 'POST' && access !== 'anyone') {
        const { status } = await ask(method, path, administrator);
        expect(status === 403, `a forged form got ${status}`);
      }
      if (method === 'POST' && access === 'anyone') {
        expect(OPEN_POSTS.includes(path) || path === '/oauth/logout', `${path} is open to all`);
        expect(stranger.status >= 400 || path === '/oauth/logout', `a stranger got ${stranger.status}`);
      }
    });
  }

  for (const { methods, path, access } of endpoints) {
    it(`${methods.join(', ')} ${path} is for ${access}`, async () => {
      for (const method of methods) {
        const { status } = await ask(method, path, '');
        expect(
          access === 'anyone' ? status === 200 : status >= 400 && status < 500,
          `a stranger got ${status}`,
        );
        if (access === 'signed')
          expect((await ask(method, path, administrator)).status >= 400, 'a session got in');
      }
      expect((await ask('DELETE', path, administrator)).status === 405, 'an undeclared method was answered');
    });
  }

  it('of the REST API is for holders of a key alone: no stranger, no session of an administrator', async () => {
    const description = await fetch(`${installation.url}/oauth/api/openapi.json`);
    const { paths } = (await description.json()) as { paths: Record<string, Record<string, unknown>> };
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
    );
    assert.ok(operations.length > 10);
    for (const { method, path } of operations) {
      const address = `${installation.url}/oauth/api/v1${path.replaceAll(/\{\w+\}/g, 'anything')}`;
      for (const headers of [{}, { cookie: administrator }, { authorization: 'Bearer countersign_guess' }]) {
        const { status } = await fetch(address, { method, headers: headers as Record<string, string> });
        tally.try(status === 401, `${method} ${path}: ${Object.keys(headers)} got ${status}`);
      }
    }
    tally.assertKept();
  });
});
