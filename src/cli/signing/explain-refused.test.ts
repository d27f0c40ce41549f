import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type CommandResult,
  type Installation,
  runCommand,
  startInstallation,
} from '../../../test/support/countersign.ts';
import { explainedSoon } from '../../../test/support/explained-soon.ts';
import type { Explanation } from '../../explain/index.ts';
import { signRequest } from '../../oauth/index.ts';

const SECRET = 'Kd94hf93k423kf44pfkkd9xq';

describe('countersign explain --request-id', () => {
  let installation: Installation;
  before(async () => {
    installation = await startInstallation();
    const facts = ['--key', 'wiki', '--name', 'Wiki', '--two-legged', '--secret-stdin'];
    await installation.command(['consumer', 'add', ...facts], SECRET);
  });
  after(() => installation?.stop());

  function explain(...args: string[]): Promise<CommandResult> {
    return runCommand(['explain', ...args, '--data', installation.dataDirectory]);
  }

  it('says why a request was refused by the running server, whoever has its id', async () => {
    const url = `${installation.url}/oauth/whoami`;
    const { authorization } = signRequest({
      method: 'GET',
      url: `${url}/`,
      consumerKey: 'wiki',
      key: { kind: 'shared-secret', consumerSecret: SECRET, tokenSecret: '' },
      signatureMethod: 'HMAC-SHA256',
      timestamp: Math.floor(Date.now() / 1000),
      nonce: 'one',
      token: '',
    });
    const refused = await fetch(url, { headers: { authorization: authorization ?? '' } });
    assert.equal(refused.status, 401);
    const id = refused.headers.get('x-request-id') ?? '';
    const { status, stdout, stderr } = await explainedSoon(id, installation.dataDirectory);
    assert.equal(status, 0, stderr);
    const explanation = JSON.parse(stdout) as Explanation;
    assert.equal(explanation.requestId, id);
    assert.equal(explanation.problem, 'signature_invalid');
    assert.deepEqual(
      explanation.causes.map(({ code }) => code),
      ['trailing-slash'],
    );
    assert.equal(explanation.causes[0]?.page, `${installation.url}/oauth/mistakes/trailing-slash`);
    assert.equal((await fetch(explanation.causes[0].page)).status, 200);
    assert.ok(!stdout.includes(SECRET));
    const last = await explain('--consumer', 'wiki', '--json');
    assert.deepEqual(JSON.parse(last.stdout), explanation);
  });

  it('leaves with 1 for an id that is not known, and with 2 when more than the id is named', async () => {
    const unknown = await explain('--request-id', 'no-such-request');
    assert.equal(unknown.status, 1);
    assert.match(unknown.stderr, /no refused request is kept under no-such-request/);
    assert.match((await explain('--consumer', 'nobody')).stderr, /kept of nobody/);
    assert.equal((await explain('--request-id', 'x', '--curl', 'y')).status, 2);
  });
});
