/**
 * `npm run build`: compiles `src/` to `dist/` for publishing. A checkout never needs it, because Node runs the
 * TypeScript sources as they are. Files that are not TypeScript (styles, scripts for the browser, pictures) are
 * copied to the same place, where the code that serves them looks for them.
 */
import { spawnSync } from 'node:child_process';
import { cp, glob, rm } from 'node:fs/promises';

process.chdir(new URL('..', import.meta.url).pathname);
await rm('dist', { recursive: true, force: true });
for (const project of [
  ['--project', 'tsconfig.build.json'],
  ['--project', 'src/dashboard/browser', '--noEmit', 'false', '--rootDir', 'src', '--outDir', 'dist'],
]) {
  const { status } = spawnSync('node_modules/.bin/tsc', project, { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
for await (const asset of glob('src/**/*.{css,html,js,png,sql,svg,xml}'))
  await cp(asset, asset.replace(/^src/, 'dist'));
