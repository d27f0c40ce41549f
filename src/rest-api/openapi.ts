/** The description of the API (OpenAPI 3.1), made from the operations themselves. */
import { z } from 'zod';
import { API_PROBLEMS } from './api-problem.ts';
import { OPERATION_GROUPS, type Operation } from './operation.ts';
import { OPERATIONS } from './operations/index.ts';

type Json = Record<string, unknown>;

/** A schema of the description; those with a name are components. */
const REFERENCE = (id: string) => `#/components/schemas/${id}`;

/** The document. @param publicUrl without a slash at its end */
export function describeApi(publicUrl: string): Json {
  const components = new Map<string, Json>();
  const paths: Record<string, Json> = {};
  for (const operation of OPERATIONS) {
    const described = describe(operation, components);
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: described };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Countersign administration',
      version: '1',
      description:
        'What administrators do in the console, for programs. Keys are made on the page “API keys”, with the right to read, or to read and write.',
    },
    servers: [{ url: `${publicUrl}/oauth/api/v1` }],
    security: [{ apiKey: [] }],
    tags: OPERATION_GROUPS.map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
      schemas: { ...Object.fromEntries([...components].sort()), Problem: PROBLEM },
    },
  };
}

function describe(operation: Operation, components: Map<string, Json>): Json {
  const { id, group, summary, scope, query, body } = operation;
  const parameters = [
    ...pathParameters(operation),
    ...queryParameters(query, components),
    ...conditions(operation),
  ];
  return {
    operationId: id,
    tags: [group],
    summary,
    description: `Needs a key with the right to ${scope}.`,
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(body, 'input', components) } },
      },
    }),
    responses: responsesOf(operation, components),
  };
}

function responsesOf({ status, answer, method, current }: Operation, components: Map<string, Json>): Json {
  const headers =
    method === 'GET' && current !== undefined ? { ETag: { schema: { type: 'string' } } } : undefined;
  const content = contentOf(answer, components);
  const done = { description: 'Done', ...(headers && { headers }), ...(content && { content }) };
  const problem = {
    description: 'Not done; the problem says why.',
    content: { 'application/problem+json': { schema: { $ref: REFERENCE('Problem') } } },
  };
  return { [String(status)]: done, default: problem };
}

function contentOf(answer: Operation['answer'], components: Map<string, Json>): Json | undefined {
  if (answer === null) return undefined;
  if (answer === 'sheet') return { 'text/csv': { schema: { type: 'string' } } };
  return { 'application/json': { schema: schemaOf(answer, 'output', components) } };
}

function pathParameters({ path }: Operation): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodType | undefined, components: Map<string, Json>): Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'input', components) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

function conditions({ method, current }: Operation): Json[] {
  if (current === undefined) return [];
  const name = method === 'GET' ? 'If-None-Match' : 'If-Match';
  return [{ name, in: 'header', required: false, schema: { type: 'string' } }];
}

/** A schema in place; the named ones inside it go to the components. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Map<string, Json>): Json {
  const {
    $schema: _dialect,
    $defs = {},
    ...own
  } = z.toJSONSchema(schema, { io, reused: 'inline' }) as Json & {
    $defs?: Record<string, Json>;
  };
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        name === '$ref' ? REFERENCE(String(member).replace('#/$defs/', '')) : moved(member),
      ]),
    );
  };
  for (const [name, { id: _id, ...definition }] of Object.entries($defs))
    components.set(name, moved(definition) as Json);
  const { id, ...rest } = own;
  if (typeof id !== 'string') return moved(own) as Json;
  components.set(id, moved(rest) as Json);
  return { $ref: REFERENCE(id) };
}

/** RFC 9457, with the request's number and the mistakes. */
const PROBLEM: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'requestId'],
  additionalProperties: false,
  properties: {
    type: {
      type: 'string',
      format: 'uri',
      description: `Ends with one of: ${Object.keys(API_PROBLEMS).join(', ')}.`,
    },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    mistakes: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        additionalProperties: false,
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};
