/** An installation that people may log in to with an OpenID provider: npm `oidc-provider`, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Installation, startInstallation } from './countersign.ts';
import { freePorts } from './free-ports.ts';

const CLIENT_SECRET = 'the secret of the client';

/** Both of them, running. */
export interface OpenIdInstallation {
  readonly installation: Installation;
  readonly issuer: string;
  /** Ends the provider; the installation goes on. */
  stopProvider(): void;
  stop(): Promise<void>;
}

/** Starts both; `settings` come after those that name the provider. They are of different sites, as in life. */
export async function startOpenIdInstallation(settings: readonly string[]): Promise<OpenIdInstallation> {
  const [ownPort, providerPort] = await freePorts(2);
  const issuer = `http://localhost:${providerPort}`;
  const provider = await startProvider(
    String(providerPort),
    `http://127.0.0.1:${ownPort}/oauth/login/callback`,
  );
  const installation = await startInstallation([
    ...['--listen', `127.0.0.1:${ownPort}`, '--name', 'Tracker', '--allow-host', `localhost:${providerPort}`],
    ...['--oidc-issuer', issuer, '--oidc-client-id', 'countersign', '--oidc-client-secret', CLIENT_SECRET],
    ...['--oidc-name', 'Example ID', '--oidc-create-users', 'on', ...settings],
  ]).catch((error) => {
    provider.kill('SIGKILL');
    throw error;
  });
  return {
    installation,
    issuer,
    stopProvider: () => void provider.kill('SIGKILL'),
    stop: async () => {
      provider.kill('SIGKILL');
      await installation.stop();
    },
  };
}

async function startProvider(port: string, callback: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['oidc-provider.js'], {
    cwd: new URL('../interop/peers/', import.meta.url),
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, PORT: port, CALLBACK: callback, CLIENT_SECRET },
  });
  const lines = createInterface({ input: child.stdout });
  const ready = new AbortController();
  const gone = once(child, 'exit', { signal: ready.signal }).then(() => {
    throw new Error('the OpenID provider ended before it was ready');
  });
  await Promise.race([once(lines, 'line'), gone]);
  gone.catch(() => {});
  ready.abort();
  return child;
}
