/** A real nginx for tests, with a configuration that users are given: only its ports are replaced. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answering, ended } from './front-proxy.ts';

/** Debian keeps it where only root's PATH leads. */
const PROGRAM = '/usr/sbin/nginx';

export interface Nginx {
  readonly processId: number;
  /** What it wrote to its log of errors. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts it, in the foreground and as a single process.
 * @param file the configuration of a server, from the project's root
 * @param ports for each port in the file, the one to use in its place
 * @param listens the port, of the latter, on which it must answer before this resolves
 * @param places other places that the file names, and what to write there instead
 */
export async function startNginx(
  file: string,
  ports: Readonly<Record<number, number>>,
  listens: number,
  places: Readonly<Record<string, string>> = {},
): Promise<Nginx> {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-nginx-'));
  const given = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
  const here = Object.entries(places).reduce((text, [place, own]) => text.replaceAll(place, own), given);
  const server = here.replaceAll(/(?<=127\.0\.0\.1:)\d+/g, (port) => {
    const used = Object.values(places).some((own) => own.endsWith(`:${port}`)) ? port : ports[Number(port)];
    if (used === undefined) throw new Error(`${file}: no port was given for ${port}`);
    return String(used);
  });
  const whole = wholeConfiguration(directory, server);
  const main = join(directory, 'nginx.conf');
  await writeFile(main, whole);
  const child = spawn(PROGRAM, ['-c', main, '-e', join(directory, 'error.log'), '-g', 'daemon off;'], {
    stdio: 'ignore',
  });
  const log = () => readFile(join(directory, 'error.log'), 'utf8').catch(() => '');
  await answering(child, listens, log);
  return {
    processId: child.pid ?? 0,
    log,
    async stop() {
      await ended(child);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** What stands around the server's own part: nothing is written outside the directory. */
function wholeConfiguration(directory: string, server: string): string {
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(directory, name)};`)
    .join('\n');
  return `master_process off;\npid ${join(directory, 'pid')};\nevents {}\nhttp {\naccess_log off;\n${places}\n${server}\n}\n`;
}
