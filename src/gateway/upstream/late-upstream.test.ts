import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { AnswerReceiver, Flow, Upstream, UpstreamFailed, UpstreamRequest } from './exchange.ts';
import { lateUpstream } from './late-upstream.ts';

const GET: UpstreamRequest = { method: 'GET', target: '/', headers: [], body: null };

/** Notes what is sent, and what is asked of it afterwards. */
class NotingUpstream implements Upstream {
  readonly noted: string[] = [];

  send({ target }: UpstreamRequest): Flow {
    const note = (what: string) => () => void this.noted.push(`${what} ${target}`);
    note('send')();
    return { abort: note('abort'), pause: note('pause'), resume: note('resume') };
  }

  close = async () => void this.noted.push('close');
}

function receiver(onFailure: (failure: UpstreamFailed) => void = assert.fail): AnswerReceiver {
  const unexpected = () => assert.fail('nothing is answered');
  return { onHead: unexpected, onBody: unexpected, onEnd: unexpected, onFailure };
}

describe('an upstream that is read with its first request', () => {
  it('is read once, sends what waited for it, and steers it', async () => {
    const upstream = new NotingUpstream();
    const { promise, resolve } = Promise.withResolvers<Upstream>();
    let times = 0;
    const late = lateUpstream(() => {
      times += 1;
      return promise;
    });
    const flows = ['/a', '/b'].map((target) => late.send({ ...GET, target }, receiver()));
    assert.deepEqual(upstream.noted, []);
    resolve(upstream);
    await turn();
    late.send({ ...GET, target: '/c' }, receiver()).pause();
    for (const flow of flows) {
      flow.pause();
      flow.resume();
      flow.abort();
    }
    const steered = ['/a', '/b'].flatMap((path) =>
      ['pause', 'resume', 'abort'].map((what) => `${what} ${path}`),
    );
    assert.deepEqual(upstream.noted, ['send /a', 'send /b', 'send /c', 'pause /c', ...steered]);
    assert.equal(times, 1);
  });

  it('sends nothing for a client that went away while it waited', async () => {
    const upstream = new NotingUpstream();
    const late = lateUpstream(async () => upstream);
    late.send(GET, receiver()).abort();
    await late.close();
    assert.deepEqual(upstream.noted, ['close']);
  });

  it('is not read for being closed', async () => {
    await lateUpstream(assert.fail).close();
  });

  it('is read again with the next request where it could not be read', async () => {
    const upstream = new NotingUpstream();
    let times = 0;
    const late = lateUpstream(async () => {
      times += 1;
      if (times === 1) throw new Error('too many open files');
      return upstream;
    });
    await new Promise<UpstreamFailed>((resolve) => late.send(GET, receiver(resolve)));
    late.send({ ...GET, target: '/again' }, receiver());
    await turn();
    assert.deepEqual(upstream.noted, ['send /again']);
  });

  it('tells of a client that cannot be read as of any failure', async () => {
    const cause = new Error('no such package');
    const { promise, resolve } = Promise.withResolvers<UpstreamFailed>();
    lateUpstream(() => Promise.reject(cause)).send(GET, receiver(resolve));
    const failure = await promise;
    assert.deepEqual([failure.kind, failure.cause], ['broken', cause]);
  });
});
