/** How a service provider's tests are remembered: as entries of the audit log, so that "when did it last work" has an answer. */
import { nowSeconds } from '../base/index.ts';
import type { AdministrationContext } from './context.ts';

/** How a test ended; the worst of its steps. */
export type TestVerdict = 'success' | 'warning' | 'failure';

/** A test that was run. */
export interface RecordedTest {
  readonly at: number;
  readonly actor: string;
  readonly verdict: TestVerdict;
}

const VERDICTS: readonly TestVerdict[] = ['success', 'warning', 'failure'];

/** The worst of some outcomes. */
export function worstOf(outcomes: readonly TestVerdict[]): TestVerdict {
  return VERDICTS[Math.max(0, ...outcomes.map((outcome) => VERDICTS.indexOf(outcome)))]!;
}

/** Writes down how a test ended. @param finding what decided it: a word of the tests' own */
export async function recordProviderTest(
  { storage, clock }: AdministrationContext,
  provider: string,
  { verdict, finding }: { readonly verdict: TestVerdict; readonly finding: string },
  actor: string,
): Promise<void> {
  await storage.audit.append({
    at: nowSeconds(clock),
    actor,
    action: 'service-provider.test',
    object: provider,
    before: null,
    after: { verdict, finding },
    note: null,
  });
}

/** The latest test of a provider; null if there was none. */
export async function lastProviderTest(
  { storage }: AdministrationContext,
  provider: string,
): Promise<RecordedTest | null> {
  const filter = { action: 'service-provider.test', object: provider };
  const { rows } = await storage.audit.list(filter, { search: '', offset: 0, limit: 1 });
  const verdict = VERDICTS.find((one) => one === rows[0]?.after?.verdict);
  return rows[0] === undefined || verdict === undefined
    ? null
    : { at: rows[0].at, actor: rows[0].actor, verdict };
}
