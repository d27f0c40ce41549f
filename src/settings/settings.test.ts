import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Secret } from '../base/index.ts';
import { readSettings, type SettingSources, SettingsRefused, showSettings } from './index.ts';

const FILES: Readonly<Record<string, string>> = {
  'config.yaml': 'listen: 127.0.0.1:3000\nname: From file\ntimestampWindow: 120\npublicPath: [/a, /b/**]\n',
  'config.json': '{ "name": "From JSON", "publicPath": "/one" }',
  'wrong.yaml': 'publicURL: https://a.example\nlisten: [1, 2]\nupstream: http://127.0.0.1:1/path\n',
  'broken.yaml': 'listen: "127.0.0.1',
  'list.yaml': '- listen',
  'nonces.txt': 'database\n',
};

function read(sources: Partial<SettingSources>) {
  return readSettings({
    flags: {},
    environment: {},
    readFile: (path) => {
      const text = FILES[path];
      if (text === undefined) throw Object.assign(new Error('no'), { code: 'ENOENT' });
      return text;
    },
    ...sources,
  });
}

function mistakesOf(sources: Partial<SettingSources>): readonly string[] {
  try {
    read(sources);
  } catch (error) {
    if (error instanceof SettingsRefused) return error.mistakes;
    throw error;
  }
  return assert.fail('the settings were accepted');
}

describe('settings', () => {
  it('have defaults that need nothing written', () => {
    const { settings } = read({});
    assert.deepEqual(settings.listen, { host: '127.0.0.1', port: 8080 });
    assert.equal(settings.accessTokenTtl, 7 * 86_400);
    assert.equal(settings.requestTokenTtl, 600);
    assert.equal(settings.sessionTtl, 37 * 86_400);
    assert.equal(settings.timestampWindow, 300);
    assert.equal(settings.upstream, undefined);
  });

  it('take a port alone as one of loopback, and no host alone', () => {
    for (const listen of ['8081', ':8081']) {
      const { settings } = read({ flags: { listen, management: ':0' } });
      assert.deepEqual(settings.listen, { host: '127.0.0.1', port: 8081 });
      assert.deepEqual(settings.management, { host: '127.0.0.1', port: 0 });
    }
    for (const wrong of [{ listen: '127.0.0.1' }, { listen: '65536' }, { allowHost: ['8081'] }]) {
      assert.throws(() => read({ flags: wrong }), SettingsRefused);
    }
  });

  it('count a flag before the environment, the environment before the file, the file before the default', () => {
    const { settings, origins } = read({
      flags: { config: 'config.yaml', listen: '[::1]:1' },
      environment: { COUNTERSIGN_LISTEN: '127.0.0.1:2', COUNTERSIGN_NAME: 'From environment' },
    });
    assert.deepEqual(settings.listen, { host: '::1', port: 1 });
    assert.equal(settings.name, 'From environment');
    assert.equal(settings.timestampWindow, 120);
    const where = Object.fromEntries(origins.map(({ setting, origin }) => [setting.name, origin]));
    assert.equal(where.listen, '--listen');
    assert.equal(where.name, 'COUNTERSIGN_NAME');
    assert.equal(where.timestampWindow, 'config.yaml: timestampWindow');
    assert.equal(where.nonces, 'default');
  });

  it('are read from YAML and JSON files, which the environment may name', () => {
    assert.deepEqual(read({ flags: { config: 'config.yaml' } }).settings.publicPath, ['/a', '/b/**']);
    const { settings } = read({ environment: { COUNTERSIGN_CONFIG: 'config.json' } });
    assert.equal(settings.name, 'From JSON');
    assert.deepEqual(settings.publicPath, ['/one']);
  });

  it('take a list from a repeated flag or a separated variable', () => {
    assert.deepEqual(read({ flags: { trustProxy: ['10.0.0.0/8', '::1'] } }).settings.trustProxy, [
      '10.0.0.0/8',
      '::1',
    ]);
    assert.deepEqual(
      read({ environment: { COUNTERSIGN_TRUST_PROXY: '10.0.0.1, fd00::/8' } }).settings.trustProxy,
      ['10.0.0.1', 'fd00::/8'],
    );
  });

  it('read one that may hold a secret from a file, and only from one place', () => {
    assert.equal(
      read({ environment: { COUNTERSIGN_NONCES_FILE: 'nonces.txt' } }).settings.nonces,
      'database',
    );
    assert.deepEqual(
      mistakesOf({ environment: { COUNTERSIGN_NONCES_FILE: 'nonces.txt', COUNTERSIGN_NONCES: 'memory' } }),
      ['COUNTERSIGN_NONCES_FILE: COUNTERSIGN_NONCES is set too; keep one of them'],
    );
    assert.match(mistakesOf({ environment: { COUNTERSIGN_NONCES_FILE: 'none.txt' } })[0]!, /no such file/);
    assert.match(
      mistakesOf({ environment: { COUNTERSIGN_LISTEN_FILE: 'nonces.txt' } })[0]!,
      /no such setting/,
    );
  });

  it('report every mistake of every source at once, each with its place', () => {
    assert.deepEqual(
      mistakesOf({
        flags: { config: 'wrong.yaml', sessionTtl: 'soon', publicUrl: 'https://me:secret@a.example' },
        environment: { COUNTERSIGN_LISTN: 'x', COUNTERSIGN_TRUST_PROXY: '10.0.0.0/33', PATH: '/bin' },
      }),
      [
        'wrong.yaml: publicURL: there is no such setting; did you mean publicUrl?',
        'wrong.yaml: listen: must be a single text',
        'COUNTERSIGN_LISTN: there is no such setting; did you mean COUNTERSIGN_LISTEN?',
        '--public-url: must have no user name, password, query or fragment',
        'wrong.yaml: upstream: must have no path: requests are passed on with the path they came with',
        'COUNTERSIGN_TRUST_PROXY: must be an IP address or a range such as 10.0.0.0/8',
        '--session-ttl: must be a duration such as 300s, 10m, 12h or 7d',
      ],
    );
  });

  it('say what is wrong with a configuration file that cannot be used', () => {
    assert.deepEqual(mistakesOf({ flags: { config: 'absent.yaml' } }), [
      'absent.yaml: there is no such file',
    ]);
    assert.match(mistakesOf({ flags: { config: 'broken.yaml' } })[0]!, /^broken\.yaml: .*line 1/);
    assert.match(mistakesOf({ flags: { config: 'list.yaml' } })[0]!, /^list\.yaml: must hold one line/);
  });

  it('keep the address of a database as a secret, also when it is read from a file', () => {
    const { settings } = read({ flags: { database: 'postgres://me:hush@db/x' } });
    assert.ok(settings.database instanceof Secret);
    assert.equal(settings.database.reveal(), 'postgres://me:hush@db/x');
    assert.doesNotMatch(JSON.stringify(settings), /hush/);
  });

  it('refuse what this version cannot do, in words, without repeating a password', () => {
    const mistakes = mistakesOf({
      flags: { database: 'mysql://me:hush@db/x', nonces: 'redis://:hush@cache/x' },
    });
    assert.match(mistakes[0]!, /^--database: must be embedded, or a URL such as postgres:/);
    assert.match(mistakes[1]!, /^--nonces: must end with the number of a database/);
    assert.doesNotMatch(mistakes.join(), /hush/);
  });

  it('accept rates of requests, and nothing that only looks like one', () => {
    const rate = (text: string) => read({ flags: { consumerRate: text } }).settings.consumerRate;
    assert.equal(rate('off'), null);
    assert.deepEqual(rate('6000/m'), { requests: 6000, seconds: 60 });
    for (const wrong of ['', '0/s', '10', '10/d', '-1/s', '1.5/s']) {
      assert.match(mistakesOf({ flags: { consumerRate: wrong } })[0]!, /^--consumer-rate: must be off, or/);
    }
  });

  it('accept durations with units, and nothing that only looks like one', () => {
    const ttl = (text: string) => read({ flags: { accessTokenTtl: text } }).settings.accessTokenTtl;
    assert.equal(ttl('1d 12h'), 129_600);
    assert.equal(ttl('90'), 90);
    for (const wrong of ['', '7 days', '-1d', '1.5h', 'd', '1y', '0s', '9999d']) {
      assert.match(mistakesOf({ flags: { accessTokenTtl: wrong } })[0]!, /^--access-token-ttl: must be/);
    }
  });

  it('are shown with where they come from, and an address that may hold a password as ***', () => {
    const { origins } = read({ flags: { accessTokenTtl: '12h' } });
    const shown = Object.fromEntries(showSettings(origins).map((row) => [row.name, row]));
    assert.deepEqual(shown.accessTokenTtl, {
      name: 'accessTokenTtl',
      value: '12h',
      origin: '--access-token-ttl',
    });
    assert.equal(shown.database!.value, 'embedded');
    const secret = origins.find(({ setting }) => setting.name === 'database')!;
    assert.equal(showSettings([{ ...secret, written: 'postgres://me:hush@db' }])[0]!.value, '***');
  });
});
