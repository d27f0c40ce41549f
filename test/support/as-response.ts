/** A page's answer as a whole `Response`, whichever way it was given. */
import type { PageAnswer } from '../../src/web/index.ts';

export function asResponse(answer: PageAnswer): Response {
  return answer instanceof Response ? answer : new Response(answer.body, answer);
}
