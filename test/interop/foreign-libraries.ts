/**
 * The foreign libraries that perform the dance: how each is started, with which signature methods, and what it
 * cannot send. Such a limit is the library's, is stated here with its reason, and shows in the test's report.
 */

/** One library. */
export interface ForeignLibrary {
  readonly title: string;
  readonly command: string;
  readonly script: string;
  readonly methods: readonly string[];
  /** Requests (by name) that it cannot sign as RFC 5849 has it, and why. */
  readonly cannot: Readonly<Record<string, string>>;
}

/** All of them. */
export const FOREIGN_LIBRARIES: readonly ForeignLibrary[] = [
  {
    title: 'Python requests-oauthlib',
    command: '/usr/bin/python3',
    script: 'requests_oauthlib_peer.py',
    methods: ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1', 'RSA-SHA256'],
    cannot: {},
  },
  {
    title: 'Perl Net::OAuth',
    command: 'perl',
    script: 'net-oauth-peer.pl',
    methods: ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1'],
    cannot: { 'repeated parameters': 'it keeps parameters in a hash, so a name has one value' },
  },
  {
    title: 'Ruby oauth gem',
    command: 'ruby',
    script: 'oauth-gem-peer.rb',
    methods: ['HMAC-SHA1', 'RSA-SHA1'],
    cannot: {},
  },
  {
    title: 'PHP oauth extension',
    command: 'php',
    script: 'oauth-extension-peer.php',
    methods: ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1'],
    cannot: { 'repeated parameters': 'it keeps one value of each name when it signs' },
  },
  {
    title: 'npm oauth',
    command: process.execPath,
    script: 'node-oauth-peer.js',
    methods: ['HMAC-SHA1', 'RSA-SHA1', 'PLAINTEXT'],
    cannot: { 'repeated parameters': 'it signs them as name[0], name[1], but does not send them so' },
  },
  {
    title: 'npm oauth-1.0a',
    command: process.execPath,
    script: 'oauth-1.0a-peer.js',
    methods: ['HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512', 'RSA-SHA1', 'RSA-SHA512'],
    cannot: {},
  },
];
