/**
 * Conversation with a foreign peer: a script in `peers/` that performs the dance with somebody else's library.
 * Both sides write one JSON text a line. The test says the task; the peer asks for a request token and says
 * `authorize` with the link; the test says where the approving person was sent (`callbackUrl`); the peer exchanges
 * the token, makes each request of the task, says `response` for each and then `done`; the test revokes the access
 * and says `again`; the peer repeats the first request, says that `response` too, and ends.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A request that the peer is to make. */
export interface PeerRequest {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Form body: decoded names and values. */
  readonly form?: readonly (readonly [string, string])[];
  /** JSON body, byte for byte. */
  readonly json?: string;
}

/** All a peer has to know. */
export interface PeerTask {
  readonly requestTokenUrl: string;
  readonly authorizeUrl: string;
  readonly accessTokenUrl: string;
  readonly consumerKey: string;
  readonly method: string;
  readonly secret?: string;
  readonly privateKeyFile?: string;
  readonly callback: string;
  readonly requests: readonly PeerRequest[];
}

/** The answer to one of the peer's requests. */
export interface PeerResponse {
  readonly name: string;
  readonly status: number;
  readonly body: string;
}

type PeerEvent =
  | { readonly event: 'authorize'; readonly url: string }
  | ({ readonly event: 'response' } & PeerResponse)
  | { readonly event: 'done' };

/** One run of a peer. */
export class Peer {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #errors = '';

  constructor(command: string, args: readonly string[], task: PeerTask) {
    const child = spawn(command, args, {
      cwd: new URL('peers/', import.meta.url),
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, PYTHONWARNINGS: 'ignore', LC_ALL: 'C.UTF-8' },
    });
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stderr.on('data', (chunk: Buffer) => {
      this.#errors += chunk.toString();
    });
    child.stdin.on('error', () => {});
    this.#say(task);
  }

  /** The link that the person has to open. */
  async authorizeUrl(): Promise<string> {
    const event = await this.#hear();
    if (event.event !== 'authorize') throw new Error(`expected authorize, heard ${JSON.stringify(event)}`);
    return event.url;
  }

  /** Says where the person was sent after approving; gives the answers to all requests of the task. */
  async exchange(callbackUrl: string): Promise<readonly PeerResponse[]> {
    this.#say({ callbackUrl });
    const responses: PeerResponse[] = [];
    for (let event = await this.#hear(); event.event !== 'done'; event = await this.#hear()) {
      if (event.event === 'response') responses.push(event);
    }
    return responses;
  }

  /** Has the first request made once more, and waits for the peer's end. */
  async again(): Promise<PeerResponse> {
    this.#say({ again: true });
    const event = await this.#hear();
    if (event.event !== 'response') throw new Error(`expected response, heard ${JSON.stringify(event)}`);
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    return event;
  }

  /** Ends the peer if it has not ended by itself. */
  stop(): void {
    this.#child.kill('SIGKILL');
  }

  #say(message: unknown): void {
    this.#child.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  async #hear(): Promise<PeerEvent> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`the peer ended early: ${this.#errors}`);
    return JSON.parse(value);
  }
}
