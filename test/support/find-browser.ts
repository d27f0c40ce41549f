/**
 * Finds a Chromium to drive: the distribution's own, Google's, or one that playwright downloaded earlier.
 * Ubuntu's `chromium-browser` is a stub that starts a snap; a snap cannot read a temporary profile, so a
 * candidate has to answer `--version` before it counts.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
];

/** Path of a browser that starts, or null. */
export function findBrowser(): string | null {
  const named = process.env.CHROMIUM ?? '';
  const candidates = [...(named === '' ? [] : [named]), ...CANDIDATES, chromium.executablePath()];
  return candidates.find((path) => existsSync(path) && answersVersion(path)) ?? null;
}

function answersVersion(path: string): boolean {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}
