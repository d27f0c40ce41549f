/**
 * The administration's REST API: JSON in and out below `/oauth/api/v1`, for holders of API keys. Operations are data
 * (`operation.ts`); this is what happens around each: the key, the schemas, conditional requests, and problems.
 */
import type { ServerResponse } from 'node:http';
import type { ApiKeyHolder } from '../accounts/index.ts';
import { jsonRecord, sha256Hex } from '../base/index.ts';
import { connectionFacts, sendText, type WireRequest } from '../web/index.ts';
import { API_PROBLEMS, ApiProblem, problemOf } from './api-problem.ts';
import { authorizeKey } from './authorize-key.ts';
import { type Found, findOperation, methodNotAllowed } from './find-operation.ts';
import { describeApi } from './openapi.ts';
import type { RestApiContext, Result } from './operation.ts';
import { readDocument, readQuery } from './read-call.ts';
import { sendSheet } from './send-sheet.ts';

/** What the API is wired with. */
export interface RestApiDependencies extends RestApiContext {
  /** Whose API key it is, or null. */
  findHolder(key: string): Promise<ApiKeyHolder | null>;
  /** Told of what nobody expected, for the log. */
  onTrouble(error: unknown, requestId: string): void;
}

export interface RestApi {
  /** Serves one request below `/oauth/api/`. Never rejects. */
  handle(wire: WireRequest, response: ServerResponse): Promise<void>;
}

const BASE = '/oauth/api/v1';

const DESCRIPTION = '/oauth/api/openapi.json';

const JSON_TYPE = 'application/json; charset=utf-8';
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Makes the API. */
export function createRestApi(dependencies: RestApiDependencies): RestApi {
  // Long to make, and few ask for it.
  let description: string | null = null;
  const described = () => (description ??= JSON.stringify(describeApi(dependencies.publicUrl), null, 2));
  return {
    async handle(wire, response) {
      try {
        if (wire.localPath === DESCRIPTION) sendDescription(wire, response, described());
        else await answer(dependencies, wire, response);
      } catch (error) {
        // A sheet that broke off: the cut connection tells the caller that it is not whole.
        if (response.headersSent) dependencies.onTrouble(error, wire.requestId);
        else sendApiProblem(dependencies, wire, response, error);
      }
    },
  };
}

/** Not a secret: it is the same in every installation but for its address. */
function sendDescription(wire: WireRequest, response: ServerResponse, description: string): void {
  if (wire.method !== 'GET' && wire.method !== 'HEAD') throw methodNotAllowed(['GET', 'HEAD']);
  sendText(response, wire, 200, description, JSON_TYPE);
}

async function answer(
  dependencies: RestApiDependencies,
  wire: WireRequest,
  response: ServerResponse,
): Promise<void> {
  if (!wire.localPath.startsWith(`${BASE}/`)) throw new ApiProblem('not-found');
  const method = wire.method === 'HEAD' ? 'GET' : wire.method;
  const found = findOperation(method, wire.localPath.slice(BASE.length));
  const { operation, params } = found;
  const holder = await authorizeKey(wire, operation.scope, dependencies.findHolder);
  const query = readQuery(operation.query, wire);
  const body = await readDocument(operation.body, wire);
  const expectedRecord = await expected(dependencies, found, wire);
  const actor = holder.user.name;
  const connection = () => connectionFacts(wire);
  const expectedUpdatedAt = updatedAt(expectedRecord);
  const call = { actor, params, query, body, expectedRecord, expectedUpdatedAt, connection };
  const result = await operation.run(dependencies, call);
  if (result.sheet === undefined) sendResult(dependencies, found, wire, response, result);
  else await sendSheet(wire, response, operation.path.slice(1, -'.csv'.length), result.sheet);
}

/**
 * Holds `If-Match` against the record as it is, and gives that. What changes between here and the write is caught by the
 * write, which expects the same `updatedAt`, or the same fields where a record has none.
 * @throws {ApiProblem} changed-meanwhile
 */
async function expected(
  context: RestApiContext,
  { operation, params }: Found,
  wire: WireRequest,
): Promise<object | null> {
  const condition = wire.header('if-match');
  if (operation.method === 'GET' || condition === undefined || operation.current === undefined) return null;
  const record = await operation.current(context, params);
  const tags = condition.split(',').map((tag) => tag.trim());
  if (!tags.includes('*') && !tags.includes(entityTag(record))) {
    throw new ApiProblem('changed-meanwhile', {
      detail: 'Read it again, look at the present values, then make your change again.',
    });
  }
  return record;
}

function updatedAt(record: object | null): number | null {
  return record !== null && 'updatedAt' in record ? Number(record.updatedAt) : null;
}

function sendResult(
  { publicUrl }: RestApiContext,
  { operation }: Found,
  wire: WireRequest,
  response: ServerResponse,
  { value, location }: Result,
): void {
  const headers: Record<string, string> = {};
  if (location !== undefined) headers.Location = publicUrl + BASE + location;
  if (operation.status === 204) {
    response.writeHead(204, { 'X-Request-Id': wire.requestId, 'Cache-Control': 'no-store' });
    response.end();
    return;
  }
  const hasTag = operation.method === 'GET' && operation.current !== undefined;
  if (hasTag) headers.ETag = entityTag(value as object);
  const isKnown = hasTag && wire.header('if-none-match')?.includes(headers.ETag!);
  if (isKnown) sendText(response, wire, 304, '', undefined, headers);
  else sendText(response, wire, operation.status, JSON.stringify(jsonRecord(value)), JSON_TYPE, headers);
}

function entityTag(record: object): string {
  return `"${sha256Hex(JSON.stringify(record)).slice(0, 32)}"`;
}

/** A problem document. @see RFC 9457 */
function sendApiProblem(
  { publicUrl, onTrouble }: RestApiDependencies,
  wire: WireRequest,
  response: ServerResponse,
  error: unknown,
): void {
  const known = problemOf(error);
  if (known === null || known.code === 'storage-unavailable') onTrouble(error, wire.requestId);
  const { code, particulars } = known ?? new ApiProblem('internal-error');
  const { status, title } = API_PROBLEMS[code];
  const document = {
    type: `${publicUrl}/oauth/api#${code}`,
    title,
    status,
    detail: particulars.detail,
    requestId: wire.requestId,
    mistakes: particulars.mistakes,
  };
  const headers: Record<string, string> = {};
  if (particulars.allowedMethods) headers.Allow = particulars.allowedMethods.join(', ');
  if (status === 401) headers['WWW-Authenticate'] = `Bearer realm="${wire.realm}"`;
  if (status === 503) headers['Retry-After'] = '2';
  if (status === 429) headers['Retry-After'] = '60';
  sendText(response, wire, status, JSON.stringify(document), PROBLEM_TYPE, headers);
}
