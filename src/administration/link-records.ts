/**
 * The relation between this installation and another one is two ordinary records that share a base URL: a consumer
 * (they may ask our users) and a service provider that is signed for with our own key (we may ask theirs). There is
 * no third record that could say otherwise; here the two are found, one from the other.
 */
import type { Consumer, ServiceProvider } from '../model/index.ts';
import type { AdministrationContext } from './context.ts';
import { trimPasted } from './text-field.ts';

/** What there is of a relation; null is a direction that is not open. */
export interface Link {
  /** They may ask our users. */
  readonly consumer: Consumer | null;
  /** We may ask their users. */
  readonly provider: ServiceProvider | null;
}

const BATCH = 200;

/** The records that belong to the installation at a base URL. */
export async function findLink(context: AdministrationContext, baseUrl: string): Promise<Link> {
  const { consumers, serviceProviders } = context.storage;
  const [consumer, provider] = await Promise.all([
    findRow(
      (offset) => consumers.list({ search: '', sort: 'key', descending: false, offset, limit: BATCH }),
      (row) => isSameBase(row.consumer.baseUrl, baseUrl),
    ),
    findRow(
      (offset) =>
        serviceProviders.list({ search: '', sort: 'name', descending: false, offset, limit: BATCH }),
      (row) => row.secret === null && isSameBase(row.baseUrl, baseUrl),
    ),
  ]);
  return { consumer: consumer?.consumer ?? null, provider };
}

/** Whether two addresses are the same base URL. */
export function isSameBase(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && plainBase(one) === plainBase(other);
}

/** A base URL without blanks around it and slashes at its end, as browsers serialise it where they can read it. */
export function plainBase(text: string): string {
  const typed = trimPasted(text);
  return (URL.parse(typed)?.href ?? typed).replace(/[?#].*$/u, '').replace(/\/+$/u, '');
}

async function findRow<Row>(
  list: (offset: number) => Promise<{ readonly rows: readonly Row[]; readonly total: number }>,
  isWanted: (row: Row) => boolean,
): Promise<Row | null> {
  for (let offset = 0; ; offset += BATCH) {
    const { rows, total } = await list(offset);
    const found = rows.find(isWanted);
    if (found !== undefined) return found;
    if (offset + BATCH >= total) return null;
  }
}
