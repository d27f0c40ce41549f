/**
 * The measure of the explanations: deliberately broken requests, signed by foreign libraries and sent over the wire.
 * Each single mistake is named, nine of ten pairs are, and none for a wrong secret.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { createMockProvider, type MockProvider } from '../../src/mock/index.ts';
import { freePorts } from '../support/free-ports.ts';
import {
  type BrokenRequest,
  PAIRS_OF_MISTAKES,
  PUBLIC_ORIGIN,
  RIGHT_JOB,
  RIGHT_REQUEST,
  SINGLE_MISTAKES,
  WRONG_SECRETS,
} from './broken-requests.ts';

const PEERS = new URL('peers/', import.meta.url).pathname;

const SIGNERS = [
  { title: 'oauthlib (Python)', command: '/usr/bin/python3', script: 'sign_many.py' },
  { title: 'oauth (Ruby)', command: 'ruby', script: 'sign-many.rb' },
  { title: 'oauth-1.0a (JavaScript)', command: process.execPath, script: 'sign-many.js' },
] as const;

const ALL = [...SINGLE_MISTAKES, ...PAIRS_OF_MISTAKES, ...WRONG_SECRETS];

describe('broken requests of foreign libraries', () => {
  for (const { title, command, script } of SIGNERS) {
    describe(title, () => {
      let mock: MockProvider;
      let port = 0;
      const headers = new Map<BrokenRequest, string>();
      before(async () => {
        [port = 0] = await freePorts(1);
        mock = await createMockProvider({ publicUrl: PUBLIC_ORIGIN, port });
        const child = spawn(command, [PEERS + script]);
        child.stdin.end(JSON.stringify([...ALL.map(({ signs }) => ({ ...RIGHT_JOB, ...signs })), RIGHT_JOB]));
        const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
        assert.notEqual(said, '', complained);
        (JSON.parse(said) as string[]).forEach((header, at) => {
          if (at < ALL.length) headers.set(ALL[at]!, header);
          else right = header;
        });
      });
      after(() => mock?.close());
      let right = '';

      async function post(sends: BrokenRequest['sends'], authorization: string): Promise<number> {
        const { method, target, headers: others, body } = { ...RIGHT_REQUEST, ...sends };
        const wire = { host: 'tracker.example', ...others, authorization };
        const outgoing = send({ port, host: '127.0.0.1', method, path: target, headers: wire });
        outgoing.end(body);
        return new Promise((resolve, reject) => {
          outgoing.once('error', reject);
          outgoing.once('response', (answer) => {
            answer.resume();
            answer.once('end', () => resolve(answer.statusCode ?? 0));
          });
        });
      }

      /** The mistakes that are named for a broken request. */
      async function causesOf(request: BrokenRequest): Promise<readonly string[]> {
        const { sends, header = (same: string) => same, isRepeated = false } = request;
        const authorization = header(headers.get(request) ?? '');
        if (isRepeated) await post(sends, authorization);
        const status = await post(sends, authorization);
        assert.ok(status === 400 || status === 401, `${request.name}: ${status}`);
        const explanation = await mock.explainLastRefusal();
        return (explanation?.causes ?? []).map(({ code }) => code);
      }

      it('signs rightly when nothing is broken', async () => {
        assert.equal(await post({}, right), 200);
      });

      for (const request of SINGLE_MISTAKES) {
        it(`is told of ${request.name}`, async () => {
          assert.deepEqual(await causesOf(request), request.causes);
        });
      }

      it('is told of both mistakes in nine of ten pairs', async () => {
        const missed: string[] = [];
        for (const request of PAIRS_OF_MISTAKES) {
          const causes = await causesOf(request);
          if (causes.toSorted().join() !== request.causes.toSorted().join())
            missed.push(`${request.name}: ${causes}`);
        }
        assert.ok(missed.length <= PAIRS_OF_MISTAKES.length / 10, missed.join('\n'));
      });

      it('is told of no mistake that it did not make', async () => {
        for (const request of WRONG_SECRETS) assert.deepEqual(await causesOf(request), []);
      });
    });
  }
});
