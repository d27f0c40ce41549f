/** Which operation a request means. Segments are compared as they were sent; a parameter is decoded once. */
import { ApiProblem } from './api-problem.ts';
import type { Operation } from './operation.ts';
import { OPERATIONS } from './operations/index.ts';

/** An operation with the parameters of its path. */
export interface Found {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

const SEGMENTS = new Map(OPERATIONS.map((operation) => [operation, operation.path.split('/')]));

/**
 * @param path below the API's base
 * @throws {ApiProblem} not-found, method-not-allowed
 */
export function findOperation(method: string, path: string): Found {
  const here = OPERATIONS.map((operation) => ({ operation, params: matched(operation, path) })).filter(
    (found): found is Found => found.params !== null,
  );
  // What is written out comes before what is a parameter: `/tokens/revoke` is no token.
  const literal = here.filter(({ params }) => Object.keys(params).length === 0);
  const meant = literal.length > 0 ? literal : here;
  if (meant.length === 0)
    throw new ApiProblem('not-found', {
      detail: 'The API has no such address; /oauth/api/openapi.json describes those that it has.',
    });
  const found = meant.find(({ operation }) => operation.method === method);
  if (found !== undefined) return found;
  throw methodNotAllowed(meant.map(({ operation }) => operation.method));
}

/** The refusal of a method, with those that the address takes. */
export function methodNotAllowed(allowedMethods: readonly string[]): ApiProblem {
  return new ApiProblem('method-not-allowed', {
    detail: `This address takes ${allowedMethods.join(', ')}.`,
    allowedMethods,
  });
}

function matched(operation: Operation, path: string): Record<string, string> | null {
  const wanted = SEGMENTS.get(operation)!;
  const given = path.split('/');
  if (given.length !== wanted.length) return null;
  const params: Record<string, string> = {};
  for (const [at, segment] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined) {
      if (segment !== given[at]) return null;
    } else {
      params[name] = decoded(given[at] ?? '');
      if (params[name] === '') return null;
    }
  }
  return params;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiProblem('malformed-request', { detail: 'The path holds a malformed escape.' });
  }
}
