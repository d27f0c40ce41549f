/**
 * Runs every stage of the provider on a request, also behind one that refuses: the first refusal is what the
 * provider answers, the later ones are what would come next. A stage whose ground is missing is left out.
 */
import { Problem, type ProblemCode } from '../oauth/index.ts';
import {
  Examination,
  type ProviderRequest,
  type SignedRequestKind,
  STAGE_TOPICS,
  STAGES,
  type StageTopic,
} from '../provider/index.ts';
import type { Knowledge } from './knowledge.ts';
import { knowledgeContext } from './knowledge-context.ts';

/** What was found about one topic. */
export interface Finding {
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** The first refusal under this topic; null unless it failed. */
  readonly problem: Problem | null;
}

/** What all stages found. */
export interface Findings {
  readonly examination: Examination;
  /** Whether the request could be taken apart, so that `examination.message` is there. */
  readonly isParsed: boolean;
  readonly topics: ReadonlyMap<StageTopic, Finding>;
  /** What the provider answers: the first refusal; null if there is none. */
  readonly problem: Problem | null;
}

/** Topics that can be judged without knowing the consumer. */
const WITHOUT_CONSUMER: ReadonlySet<StageTopic> = new Set([
  'parameters',
  'version',
  'consumer',
  'clock',
  'body-hash',
]);

/** Examines a request. */
export async function examine(request: ProviderRequest, knowledge: Knowledge): Promise<Findings> {
  const examination = new Examination(knowledgeContext(knowledge), request);
  const topics = new Map<StageTopic, Finding>();
  let first: Problem | null = null;
  for (const stage of STAGES[knowledge.kind]) {
    const topic = STAGE_TOPICS.get(stage)!;
    if (!mayRun(topic, examination, knowledge)) continue;
    const problem = await refusalOf(stage, examination);
    first ??= problem;
    if (topic === 'consumer') goOnWith(examination, knowledge);
    const under = problem === null ? topic : topicOf(topic, problem.code, problem.particulars.rejected);
    const known = topics.get(under);
    if (known?.outcome !== 'failed')
      topics.set(under, { outcome: problem === null ? 'passed' : 'failed', problem });
    if (examination.message === undefined) break;
  }
  dropIrrelevant(topics, examination, knowledge.kind);
  return { examination, isParsed: examination.message !== undefined, topics, problem: first };
}

function mayRun(topic: StageTopic, examination: Examination, { unknown }: Knowledge): boolean {
  if (unknown.includes(topic)) return false;
  if (topic === 'parameters') return true;
  return examination.consumer !== undefined || WITHOUT_CONSUMER.has(topic);
}

async function refusalOf(
  stage: (typeof STAGES)[SignedRequestKind][number],
  examination: Examination,
): Promise<Problem | null> {
  try {
    await stage(examination);
    return null;
  } catch (refusal) {
    if (refusal instanceof Problem) return refusal;
    throw refusal;
  }
}

/** A look-up that refused for another reason than the consumer has not handed it on: later checks still want it. */
function goOnWith(examination: Examination, { consumer, presented }: Knowledge): void {
  if (examination.consumer !== undefined || consumer === null) return;
  if (consumer.key !== examination.message.protocol.consumerKey) return;
  examination.consumer = consumer;
  examination.presented = presented;
  examination.user = null;
}

/** What a refusal is really about: a shared-secret signature, say, cannot even be tried for an unknown token. */
function topicOf(topic: StageTopic, code: ProblemCode, rejected: readonly string[] = []): StageTopic {
  if (topic === 'signature' && code === 'token_rejected') return 'token';
  if (topic === 'token' && rejected.includes('oauth_verifier')) return 'verifier';
  if (topic === 'consumer' && code === 'parameter_absent') return 'parameters';
  if (topic === 'nonce' && code === 'timestamp_refused') return 'clock';
  return topic;
}

/** A check that passed because there was nothing to check is skipped. */
function dropIrrelevant(
  topics: Map<StageTopic, Finding>,
  { message, presented, timestamp }: Examination,
  kind: SignedRequestKind,
): void {
  if (message === undefined) return;
  const skip = (topic: StageTopic) => {
    if (topics.get(topic)?.outcome === 'passed') topics.delete(topic);
  };
  const { protocol } = message;
  if (protocol.bodyHash === undefined) skip('body-hash');
  if (protocol.nonce === undefined) skip('nonce');
  if (protocol.timestamp === undefined || timestamp === undefined) skip('clock');
  if (!protocol.token) skip('token');
  if (kind !== 'accessToken' || (presented?.requestToken == null && presented?.accessToken == null))
    skip('verifier');
  if (protocol.signature === undefined) topics.delete('signature');
}
