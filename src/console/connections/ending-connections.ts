/** Connections that their user has to approve again soon: those that end, and that nothing renews until then. */
import type { Connection, ConnectionStore } from '../../model/index.ts';
import { type Content, count, notice, type SignedInContext } from '../../web/index.ts';
import { endsSoon } from '../ends-soon.ts';
import { messages } from './messages.ts';

/** Those of them that end soon. */
export function endingOnes(connections: readonly Connection[], now: number): readonly Connection[] {
  return connections.filter((connection) => {
    const end = endOf(connection);
    const from = connection.renewedAt ?? connection.createdAt;
    return connection.state === 'active' && end !== null && endsSoon({ from, end }, now);
  });
}

/** How many of a user's end soon. */
export async function countEnding(store: ConnectionStore, userName: string, now: number): Promise<number> {
  return endingOnes(await store.listOfUser(userName), now).length;
}

/** Says how many end soon, when any do. */
export function endingNotice(c: SignedInContext, connections: readonly Connection[]): Content {
  const { length } = endingOnes(connections, c.now);
  return length === 0 ? '' : notice('warning', count(c, c.messages(messages).endSoon, length));
}

/** When it ends for good; null: nobody knows, or not before it is ended by somebody. */
function endOf({ expiresAt, sessionHandle, sessionExpiresAt }: Connection): number | null {
  return sessionHandle === null ? expiresAt : sessionExpiresAt;
}
