/** The method: proxies and caches turn HEAD into GET, redirects turn POST into GET, override headers name another. */
import type { Scene } from './scene.ts';
import type { MistakeToTry, Variant } from './signing-mistake.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export const METHOD_MISTAKES: readonly MistakeToTry[] = [
  {
    code: 'head-and-get',
    layer: 'method',
    rank: 1,
    variants: ({ method }) => {
      if (method === 'GET') return [signedAs('HEAD', method)];
      return method === 'HEAD' ? [signedAs('GET', method)] : [];
    },
  },
  {
    code: 'other-method-signed',
    layer: 'method',
    rank: 2,
    variants: ({ method }) =>
      METHODS.filter((other) => other !== method && !(method === 'HEAD' && other === 'GET')).map((other) =>
        signedAs(other, method),
      ),
  },
  { code: 'method-lower-case', layer: 'method', rank: 2, variants: otherCases },
];

function otherCases({ method }: Scene): Variant[] {
  const lower = method.toLowerCase();
  return [lower, method.slice(0, 1) + lower.slice(1)].map((other) => signedAs(other, method));
}

function signedAs(method: string, ours: string): Variant {
  return { values: { signed: method, ours }, apply: (attempt) => ({ ...attempt, method }) };
}
