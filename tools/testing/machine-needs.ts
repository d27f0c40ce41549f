/**
 * What some kinds of tests need from the machine: a browser, tools that make faults, OAuth libraries of other
 * languages, an nginx, a Redis, a PostgreSQL, the oldest Node that the package promises.
 * Missing ones are installed with apt-get where that is allowed (root, or sudo that asks no password);
 * otherwise the one command that would install them is the reason for which the kind is skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser } from '../../test/support/find-browser.ts';
import { fetchOldestNode, hasOldestNode, OLDEST_VERSION } from '../../test/support/oldest-node.ts';
import { findPostgres } from '../../test/support/postgres-programs.ts';

/** Something a kind needs, and the Debian packages that bring it, or how else it comes. */
export interface MachineNeed {
  readonly name: string;
  readonly isMet: () => boolean;
  readonly packages: readonly string[];
  /** Brings what no Debian package does; throws if it cannot. */
  readonly fetch?: () => void;
}

/** The needs of the kinds that have some. */
export const NEEDS = {
  browser: [need('a Chromium browser', ['chromium'], () => findBrowser() !== null)],
  faultTools: [
    need('strace, and the right to trace', ['strace'], () => runs('strace', '-o', '/dev/null', 'true')),
    need('faketime', ['faketime'], () => runs('faketime', '-f', '+1s', 'true')),
  ],
  foreignClients: [
    need(
      'requests-oauthlib for Python',
      ['python3-requests-oauthlib', 'python3-jwt', 'python3-cryptography'],
      () => runs('/usr/bin/python3', '-c', 'import requests_oauthlib, jwt, cryptography'),
    ),
    need('Net::OAuth for Perl', ['libnet-oauth-perl', 'libwww-perl', 'libcrypt-openssl-rsa-perl'], () =>
      runs('perl', '-MNet::OAuth', '-MLWP::UserAgent', '-MCrypt::OpenSSL::RSA', '-e', '1'),
    ),
    need('the oauth gem for Ruby', ['ruby', 'ruby-oauth'], () => runs('ruby', '-e', 'require "oauth"')),
    need('the oauth extension for PHP', ['php-cli', 'php-oauth'], () =>
      runs('php', '-r', 'exit(class_exists("OAuth") ? 0 : 1);'),
    ),
    need(
      'google-oauth-client for Java',
      ['default-jdk-headless', 'libgoogle-oauth-client-java'],
      () => existsSync('/usr/share/java/google-oauth-client.jar') && runs('javac', '-version'),
    ),
  ],
  shells: [
    need('zsh', ['zsh'], () => runs('zsh', '--version')),
    need('fish', ['fish'], () => runs('fish', '--version')),
  ],
  postgres: [need('PostgreSQL', ['postgresql'], () => findPostgres() !== null)],
  oldestNode: [
    {
      ...need(`Node ${OLDEST_VERSION} from the npm registry`, [], hasOldestNode),
      fetch: fetchOldestNode,
    },
  ],
  pgbouncer: [need('PgBouncer', ['pgbouncer'], () => existsSync('/usr/sbin/pgbouncer'))],
  nginx: [need('nginx', ['nginx-light'], () => existsSync('/usr/sbin/nginx'))],
  caddy: [need('Caddy', ['caddy'], () => existsSync('/usr/bin/caddy'))],
  redis: [need('a Redis server', ['redis-server'], () => runs('redis-server', '--version'))],
} as const satisfies Record<string, readonly MachineNeed[]>;

/**
 * Sees to it that the needs are met.
 * @returns null if they are; otherwise what is missing and the command that installs it
 */
export function meetNeeds(needs: readonly MachineNeed[], say: (line: string) => void): string | null {
  const missing = needs.filter((one) => !one.isMet());
  if (missing.length === 0) return null;
  installPackages(
    missing.filter(({ packages }) => packages.length > 0),
    say,
  );
  for (const { name, fetch } of missing) {
    if (fetch === undefined) continue;
    say(`fetching ${name}`);
    try {
      fetch();
    } catch (error) {
      say(`  ${error instanceof Error ? error.message : error}`);
    }
  }
  const left = missing.filter((one) => !one.isMet());
  if (left.length === 0) return null;
  const names = left.map((one) => one.name).join(', ');
  const packages = left.flatMap((one) => one.packages);
  return packages.length === 0
    ? `${names} not found`
    : `${names} not found; install with: sudo apt-get install -y ${packages.join(' ')}`;
}

function installPackages(missing: readonly MachineNeed[], say: (line: string) => void): void {
  const prefix = rootPrefix();
  if (missing.length === 0 || prefix === null || !runs('apt-get', '--version')) return;
  const aptGet = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  run([...aptGet, 'update', '-qq']);
  for (const { packages } of missing) {
    say(`installing ${packages.join(' ')} with apt-get`);
    run([...aptGet, 'install', '-y', '--no-install-recommends', ...packages]);
  }
}

function need(name: string, packages: readonly string[], isMet: () => boolean): MachineNeed {
  return { name, packages, isMet };
}

/** What to put before a command so that root runs it; null if that is not possible without a password. */
function rootPrefix(): readonly string[] | null {
  if (process.getuid?.() === 0) return [];
  return runs('sudo', '-n', 'true') ? ['sudo', '-n'] : null;
}

function runs(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Runs a command; what it prints is shown only where something is wrong with it. */
function run([command = '', ...args]: readonly string[]): void {
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
