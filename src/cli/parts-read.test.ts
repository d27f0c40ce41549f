import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runCommand } from '../../test/support/countersign.ts';
import { type PartsRead, partsRead } from '../../test/support/parts-read.ts';

/** What nothing but a server is made of. */
const FACES = ['console', 'dashboard', 'endpoints', 'gateway', 'rest-api', 'signing-proxy'].map(
  (face) => `src/${face}`,
);
const OF_A_SERVER = [...FACES, 'src/web', 'hono', 'undici', 'jose', 'pino', 'otplib', 'saxes'];
const OF_AN_INSTALLATION = ['src/accounts', 'src/settings', 'kysely', 'zod'];
const OF_FEW = ['pg', 'iovalkey', 'openid-client', 'prom-client'];

function readBy(args: readonly string[], input = ''): Promise<PartsRead> {
  return partsRead(async (environment) => {
    const { status, stderr } = await runCommand(args, input, environment);
    assert.equal(status, 0, stderr);
  });
}

function hasNone(parts: PartsRead, unwanted: readonly string[]): void {
  assert.ok(parts.has('src/cli') && parts.has('commander'), 'what was read is known');
  assert.deepEqual(
    unwanted.filter((part) => parts.has(part)),
    [],
  );
}

describe('what a command reads', () => {
  it('is the program itself for --version', async () => {
    hasNone(await readBy(['--version']), [...OF_A_SERVER, ...OF_AN_INSTALLATION, ...OF_FEW, 'src/oauth']);
  });

  it('is nothing of an installation where none is needed', async () => {
    const parts = await readBy(
      ['sign', 'GET', 'http://a.test/', '--consumer-key', 'k', '--secret-stdin'],
      's',
    );
    hasNone(parts, [...OF_A_SERVER, ...OF_AN_INSTALLATION, ...OF_FEW, 'src/explain']);
  });

  it('is nothing of a server where only the data is needed', async () => {
    const parts = await readBy(['user', 'list']);
    assert.ok(parts.has('kysely'));
    hasNone(parts, [...OF_A_SERVER, ...OF_FEW, 'src/explain', 'src/gadgets', 'src/consumer', 'src/provider']);
  });
});
