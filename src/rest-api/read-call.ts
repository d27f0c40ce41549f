/** Reads query and body by the operation's schemas; everything that does not fit is told at once. */
import type { z } from 'zod';
import { ENDPOINT_BODY_LIMIT, readBody, type WireRequest } from '../web/index.ts';
import { type ApiMistake, ApiProblem } from './api-problem.ts';

const JSON_TYPE = /^[ \t]*application\/(?:json|merge-patch\+json)[ \t]*(?:;|$)/i;

/** The query's parameters, checked. @throws {ApiProblem} malformed-request */
export function readQuery(schema: z.ZodType | undefined, wire: WireRequest): unknown {
  const given = new URLSearchParams(wire.query);
  const twice = [...new Set(given.keys())].find((name) => given.getAll(name).length > 1);
  if (twice !== undefined)
    throw new ApiProblem('malformed-request', { detail: `The query names “${twice}” more than once.` });
  const members = Object.fromEntries(given);
  if (schema === undefined) {
    if (given.size === 0) return {};
    throw new ApiProblem('malformed-request', { detail: 'This address takes no query.' });
  }
  return checked(schema, members, 'malformed-request', 'The query');
}

/** The body, checked. @throws {ApiProblem} media-type, malformed-request, invalid-input; {WireRefused} when it is too large */
export async function readDocument(schema: z.ZodType | undefined, wire: WireRequest): Promise<unknown> {
  if (schema === undefined) return undefined;
  if (!JSON_TYPE.test(wire.contentType[0] ?? ''))
    throw new ApiProblem('media-type', { detail: 'Send JSON, with Content-Type: application/json.' });
  const bytes = wire.hasBody ? await readBody(wire.incoming, ENDPOINT_BODY_LIMIT) : new Uint8Array();
  return checked(schema, parsed(bytes), 'invalid-input', 'The body');
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ApiProblem('malformed-request', { detail: 'The body is not JSON in UTF-8.' });
  }
}

function checked(
  schema: z.ZodType,
  value: unknown,
  code: 'malformed-request' | 'invalid-input',
  whole: string,
): unknown {
  const reading = schema.safeParse(value);
  if (reading.success) return reading.data;
  const mistakes = reading.error.issues.flatMap(mistakesOf);
  const detail = mistakes.map(({ pointer, message }) => `${pointer || whole}: ${message}`).join('; ');
  throw new ApiProblem(code, { detail, mistakes });
}

/** A union's issue says only that no member fits; what is wrong with the nearest one is told instead. */
function mistakesOf(issue: z.core.$ZodIssue): ApiMistake[] {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = issue.errors.toSorted((a, b) => a.length - b.length)[0] ?? [];
    return nearest.flatMap((inner) => mistakesOf({ ...inner, path: [...issue.path, ...inner.path] }));
  }
  const pointer = issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`);
  return [{ pointer: pointer.join(''), code: issue.code, message: issue.message }];
}
