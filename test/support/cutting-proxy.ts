/**
 * A way to PostgreSQL that can be cut at the worst moment: when a COMMIT has been sent and before its answer is back,
 * so that nobody on this side can know whether it happened; or just before, when it has not.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** When connections are cut: also, all of them, once so many messages have been sent. 'closed': there is no way at all. */
export type Cut = 'after commit' | 'before commit' | 'closed' | { readonly afterMessages: number };

export interface CuttingProxy {
  readonly port: number;
  /** How many connections were cut. */
  readonly cuts: number;
  /** Cuts every connection at that moment from now on. */
  cut(when: Cut): void;
  /** Leads to another port from now on, and ends what leads to the one before. */
  leadTo(port: number): void;
  /** Cuts no more. */
  mend(): void;
  close(): Promise<void>;
}

/** Starts it in front of a port of the loopback interface. */
export async function startCuttingProxy(first: number): Promise<CuttingProxy> {
  let target = first;
  let cut: Cut | null = null;
  let [cuts, messages] = [0, 0];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (cut === 'closed') {
      client.destroy();
      return;
    }
    const upstream = connect(target, '127.0.0.1');
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    upstream.on('data', (bytes) => client.write(bytes));
    client.on('data', (bytes) => {
      messages += 1;
      const isCommit = /\bcommit\b/i.test(bytes.toString('latin1'));
      const fate = typeof cut === 'object' && cut !== null ? messages > cut.afterMessages : isCommit && cut;
      cuts += Number(fate !== false && fate !== null);
      if (fate === 'after commit') {
        client.destroy();
        upstream.end(bytes);
      } else if (fate) end();
      else upstream.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get cuts() {
      return cuts;
    },
    cut(when) {
      cut = when;
      messages = 0;
      if (when === 'closed') for (const socket of sockets) socket.destroy();
    },
    leadTo(other) {
      target = other;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      cut = null;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
