/**
 * `countersign verify`: checks the signature of one request with a credential that is given, and shows every text on
 * the way. It judges the signature and the body hash alone; time, nonce, token and rights are for `explain`.
 */
import type { Command } from 'commander';
import { type ConsumerCredential, publicKeyFacts, publicKeyObject } from '../../model/index.ts';
import {
  bodyHashMatches,
  type OAuthMessage,
  Problem,
  parseMessage,
  type VerificationKey,
  verifySignature,
} from '../../oauth/index.ts';
import type { Answer } from '../answer.ts';
import { type Flags, printing, withExamples } from '../define-command.ts';
import { createPainter } from '../paint.ts';
import { CommandRefused } from '../refusals.ts';
import { asksStandardInput, readAskedRequest, withAskedRequest } from '../signing/asked-request.ts';
import {
  readOfflineCredential,
  readTokenSecret,
  withOfflineCredential,
} from '../signing/offline-credential.ts';
import { redactedPair, stepLines, stepsOf } from '../signing/signing-steps.ts';

/** Adds the command to the program. */
export function defineVerifyCommand(program: Command): void {
  const command = withOfflineCredential(
    withAskedRequest(
      program
        .command('verify')
        .description(
          'check the signature of one request, and show every text on the way (exit status 1: not valid)',
        ),
    ),
  ).option(
    '--public-url <URL>',
    'scheme, host and port that the server is reached by (default: those of the request)',
  );
  printing(command, run);
  withExamples(
    command,
    'countersign verify --curl request.txt --secret-file secret.txt',
    'countersign verify --har session.har --public-key consumer.pem',
  );
}

async function run(flags: Flags, source?: string): Promise<Answer> {
  const publicUrl = flags.publicUrl === undefined ? null : String(flags.publicUrl);
  const { request } = await readAskedRequest(flags, source, publicUrl);
  const message = readMessage(request);
  const { key, words } = await readKey(flags);
  const isSignatureValid = verifySignature(message, key);
  const bodyHash = bodyHashMatches(message);
  const isValid = isSignatureValid && bodyHash !== false;
  const steps = stepsOf(message, words);
  const painter = createPainter();
  const verdict = isValid
    ? painter.good('✔ The signature is valid.')
    : painter.bad(`✘ ${reason(isSignatureValid)}`);
  return {
    json: { isValid, isSignatureValid, isBodyHashValid: bodyHash, ...steps },
    lines: [...stepLines(steps, painter), verdict],
    ...(isValid ? {} : { failure: `${reason(isSignatureValid)} countersign explain says why.` }),
  };
}

function reason(isSignatureValid: boolean): string {
  return isSignatureValid
    ? 'The signature is valid, but oauth_body_hash belongs to another body.'
    : 'The signature is not valid.';
}

function readMessage(request: Parameters<typeof parseMessage>[0]): OAuthMessage {
  try {
    return parseMessage(request);
  } catch (refusal) {
    if (refusal instanceof Problem)
      throw new CommandRefused(`${refusal.code}: ${refusal.particulars.advice ?? ''}`);
    throw refusal;
  }
}

async function readKey(flags: Flags): Promise<{ key: VerificationKey; words: string }> {
  const credential: ConsumerCredential = await readOfflineCredential(flags, asksStandardInput(flags));
  if (credential.kind === 'public-key') {
    const { bits, fingerprint } = publicKeyFacts(credential.spki, null, 0);
    const words = `[RSA public key, ${bits} bits, SHA-256 ${fingerprint}]`;
    return { key: { kind: 'public-key', key: publicKeyObject(credential.spki) }, words };
  }
  const consumerSecret = credential.secret.reveal();
  const tokenSecret = (await readTokenSecret(flags)).reveal();
  return {
    key: { kind: 'shared-secret', consumerSecret, tokenSecret },
    words: redactedPair(consumerSecret, tokenSecret),
  };
}
