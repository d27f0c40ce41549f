import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endChild, runCommand, startServing } from '../../test/support/countersign.ts';
import { type Parts, partsRead, untilRead } from '../../test/support/parts-read.ts';

const PAGES = ['src/console', 'src/dashboard', 'src/rest-api', 'src/gadgets', 'src/explain'];
const OF_A_SERVER = ['src/endpoints', 'src/gateway', 'src/signing-proxy', 'src/web', 'hono', 'jose', 'pino'];
const OF_AN_INSTALLATION = ['src/accounts', 'src/settings', 'kysely', 'zod'];
const OF_FEW = ['pg', 'iovalkey', 'openid-client', 'prom-client', 'undici'];

async function readBy(args: readonly string[], input = ''): Promise<Parts> {
  const { untilEnd } = await partsRead(async (environment) => {
    const { status, stderr } = await runCommand(args, input, environment);
    assert.equal(status, 0, stderr);
  });
  return untilEnd;
}

function hasNone(parts: Parts, unwanted: readonly string[]): void {
  assert.ok(parts.has('src/cli') && parts.has('commander'), 'what was read is known');
  assert.deepEqual(
    unwanted.filter((part) => parts.has(part)),
    [],
  );
}

describe('what a command reads', () => {
  it('is the program itself for --version', async () => {
    const parts = await readBy(['--version']);
    hasNone(parts, [...PAGES, ...OF_A_SERVER, ...OF_AN_INSTALLATION, ...OF_FEW, 'src/provider']);
  });

  it('is nothing of an installation where none is needed', async () => {
    const parts = await readBy(
      ['sign', 'GET', 'http://a.test/', '--consumer-key', 'k', '--secret-stdin'],
      's',
    );
    hasNone(parts, [...PAGES, ...OF_A_SERVER, ...OF_AN_INSTALLATION, ...OF_FEW, 'src/provider']);
  });

  it('is nothing of a server where only the data is needed', async () => {
    for (const things of ['user', 'consumer', 'token']) {
      const parts = await readBy([things, 'list']);
      assert.ok(parts.has('kysely'), things);
      hasNone(parts, [...PAGES, ...OF_A_SERVER, ...OF_FEW, 'src/consumer', 'src/provider']);
    }
  });
});

describe('what a server reads', () => {
  it('is no page until it is ready, and nothing at all of what its settings do not ask for', async () => {
    const { untilReady, untilEnd } = await partsRead(async (environment) => {
      const { child, url } = await startServing(['serve', '--listen', '127.0.0.1:0'], environment);
      assert.equal((await fetch(`${url}/oauth/login`)).status, 200);
      await endChild(child, 'SIGTERM');
    });
    hasNone(untilReady, [...PAGES, ...OF_FEW]);
    for (const part of [...PAGES, ...OF_A_SERVER, ...OF_AN_INSTALLATION]) assert.ok(untilEnd.has(part), part);
    hasNone(untilEnd, OF_FEW);
  });

  it('is its pages a moment later, before anybody asks for one', { timeout: 180_000 }, async () => {
    await partsRead(async (environment) => {
      const { child } = await startServing(['serve', '--listen', '127.0.0.1:0'], environment);
      for (const part of PAGES) await untilRead(environment, part);
      assert.equal(await endChild(child, 'SIGTERM'), 0);
    });
  });

  it('is tried again with the next request where it could not be read', { timeout: 180_000 }, async () => {
    await partsRead(async (environment) => {
      const refusing = new URL('../../test/support/refuse-module-once.ts', import.meta.url).href;
      const { child, url, output } = await startServing(['serve', '--listen', '127.0.0.1:0'], {
        ...environment,
        NODE_OPTIONS: `${environment.NODE_OPTIONS} --import ${refusing}`,
        MODULE_REFUSED: '/compose-late-faces.ts',
      });
      // The first may come before they are read ahead, and be told of the failure.
      await fetch(`${url}/oauth/login`);
      const { status } = await fetch(`${url}/oauth/login`);
      await endChild(child, 'SIGTERM');
      assert.equal(status, 200);
      assert.match(output(), /EMFILE/);
    });
  });
});
