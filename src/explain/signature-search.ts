/**
 * What the search has to say about one request: which mistakes make its signature fit, which text was signed, and
 * what can be told about the key without naming any. With the client's own base string at hand its address and
 * parameters are compared directly, and the signature then says whether the key is right.
 */
import { type OAuthMessage, signatureBaseString } from '../oauth/index.ts';
import type { ProviderRequest } from '../provider/index.ts';
import type { Knowledge } from './knowledge.ts';
import { type TriedCredentials, triedCredentials } from './near-miss/credentials.ts';
import { isMadeByKey, judgeByPublicKey, judgeBySecret, judgeByText } from './near-miss/judge.ts';
import { readScene, type Scene } from './near-miss/scene.ts';
import { type FoundMistake, searchSignatures, searchTexts } from './near-miss/search.ts';
import type { Words } from './texts/words.ts';

/** What was found about a signature that does not fit. */
export interface SignatureFindings {
  readonly mistakes: readonly FoundMistake[];
  readonly alternatives: readonly FoundMistake[];
  /** The text that the client signed, as far as that is known. */
  readonly signedText: string | null;
  readonly remark: keyof Words | null;
  readonly tried: number;
}

const NOTHING: SignatureFindings = {
  mistakes: [],
  alternatives: [],
  signedText: null,
  remark: null,
  tried: 0,
};

/** Searches. @param fits whether the signature fits as it is; then only the printed text can differ */
export function searchSignature(
  request: ProviderRequest,
  message: OAuthMessage,
  knowledge: Knowledge,
  fits: boolean,
): SignatureFindings {
  const printed = knowledge.clientBaseString;
  if (fits || knowledge.consumer === null)
    return printed === null ? NOTHING : { ...NOTHING, signedText: printed };
  const scene = readScene(request, message, knowledge);
  const credentials = triedCredentials(knowledge.consumer, knowledge.presented, message.protocol);
  if (printed === null) return credentials === null ? NOTHING : bySignature(scene, credentials);
  return byPrintedText(scene, credentials, printed, printed === signatureBaseString(message));
}

function bySignature(scene: Scene, credentials: TriedCredentials): SignatureFindings {
  const { mistakes, alternatives, baseString, tried } = searchSignatures(
    scene,
    credentials,
    judgeOf(scene, credentials),
  );
  return {
    mistakes: mistakes ?? [],
    alternatives,
    signedText: baseString,
    remark: remarkOn(scene, credentials),
    tried,
  };
}

function byPrintedText(
  scene: Scene,
  credentials: TriedCredentials | null,
  printed: string,
  isSame: boolean,
): SignatureFindings {
  const texts = searchTexts(scene, judgeByText(printed));
  const signed =
    credentials === null ? null : searchSignatures(scene, credentials, judgeOf(scene, credentials), printed);
  const mistakes = [...(texts.mistakes ?? []), ...(signed?.mistakes ?? [])];
  const tried = texts.tried + (signed?.tried ?? 0);
  if (mistakes.length === 0 && !isSame && signed?.mistakes == null && credentials !== null) {
    const found = bySignature(scene, credentials);
    return { ...found, signedText: printed, tried: tried + found.tried };
  }
  const isOtherSecret = isSame && signed?.mistakes === null && credentials?.family === 'shared-secret';
  return {
    mistakes,
    alternatives: texts.alternatives,
    signedText: printed,
    remark: isOtherSecret
      ? 'sameTextOtherSecret'
      : credentials === null
        ? null
        : remarkOn(scene, credentials),
    tried,
  };
}

function judgeOf({ protocol }: Scene, { family }: TriedCredentials) {
  const signature = protocol.signature ?? '';
  return family === 'rsa' ? judgeByPublicKey(signature) : judgeBySecret(signature);
}

/** An RSA signature tells whether its key is the right one, whatever was signed. */
function remarkOn({ protocol }: Scene, credentials: TriedCredentials): keyof Words | null {
  if (credentials.family !== 'rsa') return null;
  return isMadeByKey(protocol.signature ?? '', credentials.key) ? 'signatureOtherText' : 'signatureOtherKey';
}
