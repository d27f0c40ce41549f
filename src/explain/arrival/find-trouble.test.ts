import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findTrouble } from './find-trouble.ts';
import type { ReceivedArrival } from './received-arrival.ts';

const HTTPS = new URL('https://tracker.example');

function codes(changes: Partial<ReceivedArrival>, publicUrl = HTTPS): string[] {
  const arrival: ReceivedArrival = {
    scheme: 'http',
    host: 'tracker.example',
    listenPort: 8080,
    target: '/',
    peerAddress: '10.0.0.5',
    isTrustedProxy: true,
    clientAddress: '192.0.2.1',
    isSecureTransport: true,
    forwarded: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' },
    ...changes,
  };
  return findTrouble(arrival, publicUrl).map(({ code }) => code);
}

describe('what the server finds amiss', () => {
  it('is nothing behind a proxy that says what it should and is listed', () => {
    assert.deepEqual(codes({}), []);
    assert.deepEqual(codes({ host: 'tracker.example:443' }), []);
  });

  it('is forwarded headers from a peer that is not listed', () => {
    assert.deepEqual(codes({ isTrustedProxy: false }), ['untrusted-forwarding']);
  });

  it('is another scheme or host than that of the public URL', () => {
    assert.deepEqual(codes({}, new URL('http://tracker.example')), ['scheme-differs']);
    assert.deepEqual(codes({ host: '127.0.0.1:8080' }), ['host-differs']);
    assert.deepEqual(
      codes({ forwarded: { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'www.example' } }),
      ['host-differs'],
    );
  });

  it('is a proxy that does not say by which scheme the client came', () => {
    assert.deepEqual(codes({ forwarded: { 'x-forwarded-for': '192.0.2.1' } }), ['no-scheme-header']);
  });

  it('is plain HTTP from elsewhere for a public URL with https', () => {
    const silent = { forwarded: {}, isTrustedProxy: false };
    assert.deepEqual(codes({ ...silent, isSecureTransport: false }), ['no-proxy-listed']);
    assert.deepEqual(codes(silent), []);
  });
});
