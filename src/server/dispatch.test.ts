import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOwnAddress } from './dispatch.ts';

describe('own addresses', () => {
  it('are everything below our prefixes', () => {
    for (const path of [
      '/oauth/',
      '/oauth/anything',
      '/plugins/servlet/oauth/authorize',
      '/plugins/servlet/gadgets/oauth-callback',
      '/gadgets/x',
      '/dashboards',
      '/dashboards/7',
      '/rest/gadgets/1.0/g/feed',
    ]) {
      assert.ok(isOwnAddress(path), path);
    }
  });

  it('are nothing else: what only resembles them belongs to the application behind', () => {
    for (const path of [
      '/',
      '/oauth',
      '/oauthx/',
      '/OAuth/login',
      '/%6fauth/login',
      '//oauth/login',
      '/x/../oauth/login',
      '/dashboardsx',
      '/rest/gadgets/1.0',
      '/rest/api/2/search',
      '/plugins/servlet/other',
    ]) {
      assert.ok(!isOwnAddress(path), path);
    }
  });
});
