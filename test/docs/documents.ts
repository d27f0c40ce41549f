/** The documents of this project, as the tests about them read them. */
import { globSync, readFileSync } from 'node:fs';

/** The project's root, with a slash at its end. */
export const ROOT = new URL('../../', import.meta.url).pathname;

/** One Markdown document. */
export interface Document {
  /** Path from the root. */
  readonly path: string;
  readonly text: string;
}

/** Every document: those at the root, and all below `docs/`. */
export const DOCUMENTS: readonly Document[] = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT })
  .sort()
  .map((path) => ({ path, text: readFileSync(ROOT + path, 'utf8') }));

/** One line of a shell example. */
export interface ShellLine {
  readonly path: string;
  readonly line: string;
}

/** Every command in a block that is marked `sh`; continued lines are joined, comments and blank lines left out. */
export function shellLines({ path, text }: Document): ShellLine[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .flatMap(([, block = '']) => block.replaceAll(/\\\n\s*/g, ' ').split('\n'))
    .map((line) => line.replace(/(?:^|\s+)#.*$/, '').trim())
    .filter((line) => line !== '')
    .map((line) => ({ path, line }));
}
