/** Where the pages about mistakes are in an installation: for whoever reads an explanation outside of its console. */
import type { Cause, Explanation } from './explanation.ts';

/** The explanation with whole addresses for pages. @param publicUrl with its path, if it has one */
export function withPageAddresses(explanation: Explanation, publicUrl: string): Explanation {
  const base = `${publicUrl.replace(/\/+$/, '')}/oauth/`;
  const addressed = (cause: Cause): Cause => ({ ...cause, page: base + cause.page });
  return {
    ...explanation,
    causes: explanation.causes.map(addressed),
    alternatives: explanation.alternatives.map(addressed),
  };
}
