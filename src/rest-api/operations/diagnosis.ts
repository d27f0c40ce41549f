/** Operations that tell: refused requests and why, explanations of pasted ones, and usage. They change nothing. */
import { z } from 'zod';
import { reportLargestUsage, reportUsage } from '../../administration/index.ts';
import { nowSeconds } from '../../base/index.ts';
import {
  arrivedFromPasted,
  type Cause,
  describeArrival,
  type Explanation as Explained,
  explain,
  explainRefusal,
  gatherKnowledge,
  readPastedRequest,
} from '../../explain/index.ts';
import { PROBLEMS, type ProblemCode } from '../../oauth/index.ts';
import { signedRequestKind } from '../../provider/index.ts';
import { ApiProblem } from '../api-problem.ts';
import { type Operation, operation, type RestApiContext } from '../operation.ts';
import { readPage } from '../paging.ts';
import { paging } from '../schemas/basics.ts';
import { UsageQuery } from '../schemas/queries.ts';
import { Explanation, PastedRequest, RefusalPage, ThisRequest, Usage } from '../schemas/records.ts';

const group = 'Diagnosis';

const DAY_SECONDS = 86_400;

const RefusalQuery = z.strictObject({
  search: z.string().max(200).default('').describe('Part of request id, consumer key or path.'),
  consumer: z.string().optional(),
  problem: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]).optional(),
  ...paging,
});

export const diagnosisOperations: readonly Operation[] = [
  operation({
    id: 'listRefusals',
    group,
    method: 'GET',
    path: '/refusals',
    summary: 'Signed requests that were refused, newest first; they are kept for a while',
    scope: 'read',
    status: 200,
    query: RefusalQuery,
    answer: RefusalPage,
    run: async ({ administration }, { query }) => ({
      value: await readPage(
        administration,
        query,
        (place) => administration.storage.refusals.list(filterOf(query), { search: query.search, ...place }),
        (row) => row,
      ),
    }),
  }),
  operation({
    id: 'explainRefusal',
    group,
    method: 'GET',
    path: '/refusals/{requestId}/explanation',
    summary: 'Why that request was refused',
    scope: 'read',
    status: 200,
    answer: Explanation,
    async run(context, { params: { requestId = '' } }) {
      const refusal = await context.administration.storage.refusals.find(requestId);
      if (refusal === null)
        throw new ApiProblem('not-found', {
          detail:
            'No refused request is kept under that id: only the last ones are; GET /refusals lists them.',
        });
      return { value: shown(context, await explainRefusal(knowing(context), refusal)) };
    },
  }),
  operation({
    id: 'explainRequest',
    group,
    method: 'POST',
    path: '/explain',
    summary: 'Why a request would be refused: raw HTTP, a curl command, a HAR entry',
    scope: 'read',
    status: 200,
    body: PastedRequest,
    answer: Explanation,
    run: async (context, { body }) => ({ value: shown(context, await explainPasted(context, body)) }),
  }),
  operation({
    id: 'describeThisRequest',
    group,
    method: 'GET',
    path: '/this-request',
    summary: 'What this server sees of this very request: how it came, who was believed, what a client signs',
    scope: 'read',
    status: 200,
    answer: ThisRequest,
    run: async ({ publicUrl, trustedProxies }, { connection }) => ({
      value: describeArrival(connection(), {
        publicUrl: new URL(publicUrl),
        trustedProxies,
        language: 'en',
      }),
    }),
  }),
];

export const usageOperations: readonly Operation[] = [
  operation({
    id: 'readUsage',
    group: 'Usage',
    method: 'GET',
    path: '/usage',
    summary: 'Accepted requests by day, consumer, method and version, and who depends on what is old',
    scope: 'read',
    status: 200,
    query: UsageQuery,
    answer: Usage,
    async run({ administration }, { query: { days, consumer, limit } }) {
      const {
        fromDay,
        toDay,
        methods: _methods,
        perDay,
        ...report
      } = await (consumer === undefined
        ? reportLargestUsage(administration, days, limit)
        : reportUsage(administration, days, consumer));
      return {
        value: {
          from: dateOf(fromDay),
          to: dateOf(toDay),
          perDay: perDay.map(({ day, method, requests }) => ({ day: dateOf(day), method, requests })),
          ...report,
        },
      };
    },
  }),
];

async function explainPasted(
  context: RestApiContext,
  { request: text, baseString }: z.infer<typeof PastedRequest>,
): Promise<Explained> {
  const reading = readPastedRequest(text);
  if (!reading.ok) throw unreadable(reading.mistake);
  const arrived = arrivedFromPasted(reading.request, context.publicUrl);
  if (arrived === null) throw unreadable('no-address');
  const { request, arrival } = arrived;
  const knowledge = await gatherKnowledge(knowing(context), request, {
    kind: signedRequestKind(request.path),
    now: nowSeconds(context.administration.clock),
    publicUrl: context.publicUrl,
    arrival,
    clientBaseString: baseString?.trim() ?? reading.request.baseString,
  });
  return explain(request, knowledge);
}

function unreadable(code: string): ApiProblem {
  const message = 'This is no request that can be read, or it does not say its address.';
  return new ApiProblem('invalid-input', {
    detail: message,
    mistakes: [{ pointer: '/request', code, message }],
  });
}

function knowing({ administration: { storage, clock }, settings }: RestApiContext) {
  return { storage, clock, settings };
}

/** Pages of mistakes are told by their whole address. */
function shown({ publicUrl }: RestApiContext, explanation: Explained): unknown {
  const addressed = (cause: Cause) => ({ ...cause, page: `${publicUrl}/oauth/${cause.page}` });
  return {
    ...explanation,
    checks: explanation.checks.map(({ name, outcome, yours, ours }) => ({ name, outcome, yours, ours })),
    causes: explanation.causes.map(addressed),
    alternatives: explanation.alternatives.map(addressed),
  };
}

function filterOf({ consumer, problem }: z.infer<typeof RefusalQuery>) {
  return {
    ...(consumer === undefined ? {} : { consumerKey: consumer }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function dateOf(day: number): string {
  return new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10);
}
