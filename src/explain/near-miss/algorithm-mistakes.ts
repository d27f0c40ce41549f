/** From base string to signature: the digest that the method names, once, and for RSA the padding of PKCS #1 v1.5. */
import type { Attempt, Digest } from './attempt.ts';
import type { MistakeToTry, Variant } from './signing-mistake.ts';

const DIGESTS: readonly Digest[] = ['sha1', 'sha256', 'sha512'];

/** The mistakes that can be made with the method that was named. */
export function algorithmMistakes(family: 'rsa' | 'shared-secret', digest: Digest): readonly MistakeToTry[] {
  const others = DIGESTS.filter((other) => other !== digest);
  const mistakes: MistakeToTry[] = [
    mistake(
      'other-digest',
      1,
      others.map((other) =>
        signedWith({ digest: other }, { signed: other.toUpperCase(), ours: digest.toUpperCase() }),
      ),
    ),
    mistake('hashed-twice', 3, [signedWith({ hashedFirst: 'bytes' }), signedWith({ hashedFirst: 'hex' })]),
  ];
  if (family === 'shared-secret')
    return [...mistakes, mistake('plaintext-signature', 2, [signedWith({ scheme: 'plain' })])];
  return [
    ...mistakes,
    mistake(
      'rsa-pss',
      2,
      DIGESTS.map((one) => signedWith({ scheme: 'pss', digest: one })),
    ),
    mistake(
      'rsa-bare-digest',
      3,
      DIGESTS.map((one) => signedWith({ scheme: 'bare-digest', digest: one })),
    ),
  ];
}

function mistake(
  code: MistakeToTry['code'],
  rank: MistakeToTry['rank'],
  variants: readonly Variant[],
): MistakeToTry {
  return { code, layer: 'algorithm', rank, variants: () => variants };
}

function signedWith(
  changes: Partial<Pick<Attempt, 'digest' | 'hashedFirst' | 'scheme'>>,
  values: Variant['values'] = {},
): Variant {
  return { values, apply: (attempt) => ({ ...attempt, ...changes }) };
}
