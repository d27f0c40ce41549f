/** Refusals as forms show them: each mistake in the language of the page, tied to its field. */
import { type Mistake, Refused } from '../../administration/index.ts';
import { type FieldError, mistakeWords, type PageContext } from '../../web/index.ts';

/** Runs a change; gives what it gives, or the mistakes for which it was refused. Other errors go on. */
export async function attempt<T>(
  c: PageContext,
  work: () => Promise<T>,
): Promise<{ readonly done: T; readonly errors: null } | { readonly done: null; readonly errors: Refusal }> {
  try {
    return { done: await work(), errors: null };
  } catch (error) {
    if (!(error instanceof Refused) || error.mistakes.some(({ code }) => code === 'not-found')) throw error;
    const isConflict = error.mistakes.some(({ code }) => code === 'changed-meanwhile');
    return {
      done: null,
      errors: { list: error.mistakes.map((mistake) => fieldError(c, mistake)), isConflict },
    };
  }
}

/** Why a form was refused. */
export interface Refusal {
  readonly list: readonly FieldError[];
  /** Somebody else changed the record meanwhile. */
  readonly isConflict: boolean;
}

/** No mistake. */
export const NO_REFUSAL: Refusal = { list: [], isConflict: false };

/** A mistake in the language of the page. */
export function fieldError(c: PageContext, mistake: Mistake): FieldError {
  const field = mistake.field === 'record' ? '' : mistake.field;
  return { field, message: mistakeWords(c.locale, mistake) };
}
