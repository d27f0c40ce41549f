/**
 * The requests every library has to get through to the application, named after what is awkward about them:
 * each is one that some signature base string somewhere has got wrong.
 */
import type { PeerRequest } from './peer.ts';

/** Targets as a careful client would write them: RFC 3986, blanks as %20. */
export const AWKWARD_REQUESTS: readonly (Omit<PeerRequest, 'url'> & { readonly target: string })[] = [
  {
    name: 'blanks, plus, slash, percent and letters beyond ASCII in the query',
    method: 'GET',
    target: '/rest/issues?jql=a%20b&plus=1%2B1&slash=a%2Fb&percent=100%25&snow=%E2%98%83%20%C3%BC&tilde=~-_.',
  },
  { name: 'an empty value', method: 'GET', target: '/rest/issues?empty=&full=x' },
  { name: 'repeated parameters', method: 'GET', target: '/rest/issues?label=b&label=a&label=a%20b' },
  { name: 'an escaped blank and letters in the path', method: 'GET', target: '/rest/a%20b/%E2%98%83?x=1' },
  {
    name: 'a form',
    method: 'POST',
    target: '/rest/issues',
    form: [
      ['summary', 'Snow ☃ + rain & more = weather'],
      ['percent', '100%'],
      ['slash', 'a/b'],
      ['empty', ''],
    ],
  },
  {
    name: 'a form and a query',
    method: 'POST',
    target: '/rest/issues?notify=a%20b',
    form: [['summary', 'both']],
  },
  { name: 'JSON', method: 'POST', target: '/rest/issues', json: '{"summary":"Snow ☃ + rain", "n": [1,  2]}' },
];
