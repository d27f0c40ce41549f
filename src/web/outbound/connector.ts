/**
 * Connects to addresses that were checked before, and to no others: the connection's own name resolution is
 * replaced by the list, so a name that resolves to something else a moment later (DNS rebinding) is never asked
 * again. TLS still verifies the certificate against the host name of the URL.
 */
import { isIP } from 'node:net';
import { buildConnector } from 'undici';

type Address = { readonly address: string; readonly family: number };
type LookupCallback = (error: Error | null, address: string | Address[], family?: number) => void;

/** A connector for one hop. */
export function connectorTo(addresses: readonly string[]): buildConnector.connector {
  const list = addresses.map((address) => ({ address, family: isIP(address) }));
  const lookup = (_hostname: string, options: { all?: boolean }, callback: LookupCallback): void => {
    if (options.all === true) callback(null, list);
    else callback(null, list[0]!.address, list[0]!.family);
  };
  return buildConnector({
    lookup,
    autoSelectFamily: true,
    rejectUnauthorized: true,
    timeout: 5_000,
  } as buildConnector.BuildOptions);
}
