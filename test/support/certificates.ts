/** Certificates for servers of a test, made by the `openssl` program: an authority, one for this machine, a stranger's. */
import { execFileSync } from 'node:child_process';
import { chownSync, copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresServer } from './postgres-server.ts';

/** Names of files. */
export interface Certificates {
  readonly authority: string;
  /** For `localhost` alone. */
  readonly certificate: string;
  readonly key: string;
  /** An authority that has certified none of them. */
  readonly stranger: string;
}

/** Makes them in a directory. */
export function makeCertificates(directory: string): Certificates {
  const at = (name: string) => join(directory, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const fresh = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  for (const name of ['authority', 'stranger']) {
    const files = ['-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)];
    openssl('req', '-x509', ...fresh, ...files, '-subj', `/CN=${name}`);
  }
  openssl('req', ...fresh, '-keyout', at('server.key'), '-out', at('server.csr'), '-subj', '/CN=server');
  writeFileSync(at('names'), 'subjectAltName=DNS:localhost');
  const signer = ['-CA', at('authority.pem'), '-CAkey', at('authority.key'), '-CAcreateserial'];
  const files = ['-in', at('server.csr'), '-out', at('server.pem')];
  openssl('x509', '-req', ...signer, ...files, '-extfile', at('names'), '-days', '2');
  return {
    authority: at('authority.pem'),
    certificate: at('server.pem'),
    key: at('server.key'),
    stranger: at('stranger.pem'),
  };
}

/** Has a PostgreSQL speak TLS from now on. */
export async function encrypt(server: PostgresServer, { certificate, key }: Certificates): Promise<void> {
  for (const [setting, from] of Object.entries({ ssl_cert_file: certificate, ssl_key_file: key })) {
    const file = join(server.directory, setting);
    copyFileSync(from, file);
    if (server.owner !== null) chownSync(file, server.owner.uid, server.owner.gid);
    await server.query(`alter system set ${setting} = '${file}'`);
  }
  await server.query('alter system set ssl = on');
  await server.query('select pg_reload_conf()');
  while ((await server.query<{ ssl: string }>('show ssl'))[0]?.ssl !== 'on');
}
