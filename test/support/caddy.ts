/** A real Caddy for tests, with a configuration that users are given: only its ports are replaced. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answering, ended } from './front-proxy.ts';

const PROGRAM = '/usr/bin/caddy';

/** Nothing outside of the directory is written, and nobody else can administer it. */
const GLOBAL_OPTIONS = '{\n\tadmin off\n\tauto_https off\n}\n';

/**
 * Starts it.
 * @param file the configuration, from the project's root
 * @param ports for each port in the file, the one to use in its place
 * @param listens the port, of the latter, on which it must answer before this resolves
 * @param places other places that the file names, and what to write there instead
 */
export async function startCaddy(
  file: string,
  ports: Readonly<Record<number, number>>,
  listens: number,
  places: Readonly<Record<string, string>> = {},
): Promise<{ stop(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-caddy-'));
  const given = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
  const here = Object.entries(places).reduce((text, [place, own]) => text.replaceAll(place, own), given);
  const server = here.replaceAll(/(?<=127\.0\.0\.1:)\d+/g, (port) => String(ports[Number(port)]));
  const main = join(directory, 'Caddyfile');
  await writeFile(main, GLOBAL_OPTIONS + server);
  const env = { ...process.env, HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory };
  const child = spawn(PROGRAM, ['run', '--config', main, '--adapter', 'caddyfile'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  await answering(child, listens, async () => said);
  return {
    async stop() {
      await ended(child);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
