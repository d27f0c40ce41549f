/**
 * A published promise: no forbidden outbound connection is opened. Every socket that this process opens is seen by
 * Node's own channel, and every spelling of an address that must not be reached is asked for: as it is, by a name
 * that leads there, by a name that leads there only the second time, and by a redirect.
 */
import assert from 'node:assert/strict';
import { channel } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { createOutbound, OutboundRefused } from '../../src/web/index.ts';
import { rounds, tallyOf } from './promise.ts';

const SPELLINGS = [
  ...['127.0.0.1', '127.1', '0x7f.1', '0177.0.0.1', '2130706433', '0x7f000001', '017700000001', '127.0.0.1.'],
  ...['0', '0.0.0.0', '[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'],
  ...['[::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001::7f00:1]'],
  ...['10.0.0.1', '172.16.0.1', '172.31.255.254', '192.168.0.1', '169.254.169.254', '100.64.0.1'],
  ...['0xa9fea9fe', '2852039166', '[::ffff:169.254.169.254]', '[fd00:ec2::254]', '[fe80::1]', '[fc00::1]'],
  ...['[ff02::1]', '224.0.0.1', '255.255.255.255', '240.0.0.1', '192.0.2.1', '198.18.0.1', '203.0.113.9'],
  ...['①②⑦.⓪.⓪.①', '127。0。0。1', '１２７.0.0.1', 'localhost', 'LOCALHOST', 'localhost.', '168.63.129.16'],
];
const FORMS: readonly ((host: string) => string)[] = [
  (host) => `http://${host}/`,
  (host) => `https://${host}/`,
  (host) => `http://${host}:8080/x?y`,
  (host) => `http://user@${host}/`,
  (host) => `http://public.test:80@${host}/`,
  (host) => `http://${host}\\@public.test/`,
  (host) => `http://public.test#@${host}/`,
  (host) => `http:\\\\${host}/`,
  (host) => `http:${host}/`,
  (host) => ` http://${host}/`,
  (host) => `http://${host}:6379/`,
  (host) => `gopher://${host}/`,
  (host) => `file://${host}/etc/passwd`,
];

describe('an outbound connection', () => {
  const tally = tallyOf(10, 'spellings of forbidden addresses: literal, by name, rebound, redirected', null);
  let opened: string[] = [];
  const sockets = channel('net.client.socket');
  const note = (message: unknown) => {
    const { socket } = message as { socket: { remoteAddress?: string } };
    opened.push(String(socket.remoteAddress));
  };
  const redirecting = createServer((request, response) => {
    const to = new URL(request.url ?? '', 'http://x').searchParams.get('to') ?? '';
    response.writeHead(302, { location: Buffer.from(to).toString('latin1') }).end();
  });
  let port = 0;
  before(async () => {
    sockets.subscribe(note);
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    port = (redirecting.address() as AddressInfo).port;
  });
  after(() => {
    sockets.unsubscribe(note);
    redirecting.closeAllConnections();
    redirecting.close();
  });

  const noDns = () => Promise.reject(new Error('nothing is resolved here'));

  /** Fetches, and counts a violation for every socket beyond those that may be opened. */
  async function refused(url: string, mayOpen = 0, resolve: () => Promise<string[]> = noDns): Promise<void> {
    opened = [];
    const outbound = createOutbound({ allowHosts: [`127.0.0.1:${port}`], resolve });
    const outcome = await outbound
      .fetch(url, { timeoutMs: 2000 })
      .catch((error) => (error instanceof OutboundRefused ? null : error));
    tally.try(outcome === null && opened.length <= mayOpen, `${url} opened ${opened}: ${outcome}`);
  }

  it('is never opened to a forbidden address, however it is spelt', async () => {
    for (const host of SPELLINGS) for (const form of FORMS) await refused(form(host));
    tally.assertKept();
  });

  it('is never opened to a name of which any address is forbidden', async () => {
    for (const address of SPELLINGS.filter((host) => /^[\d.]+$|^\[/.test(host))) {
      const literal = address.replace(/^\[|\]$/g, '');
      await refused('http://public.test/', 0, async () => [literal]);
      await refused('http://public.test/', 0, async () => ['93.184.216.34', literal]);
    }
    tally.assertKept();
  });

  it('is never opened by a redirect', async () => {
    for (const host of SPELLINGS) {
      const to = encodeURIComponent(`http://${host}:8080/`);
      await refused(`http://127.0.0.1:${port}/?to=${to}`, 1);
    }
    for (const to of ['//[::1]/', '//127.1:8443', 'file:///etc/passwd', 'javascript:1', '//u:p@127.0.0.1/']) {
      await refused(`http://127.0.0.1:${port}/?to=${encodeURIComponent(to)}`, 1);
    }
    tally.assertKept();
  });

  it('is never opened to an address out of the private ranges, whichever', async () => {
    const octet = fc.nat(255);
    const address = fc.oneof(
      fc.tuple(fc.constantFrom(10, 127, 0, 224, 240, 255), octet, octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
    );
    const spelling = fc.constantFrom<(parts: readonly number[]) => string>(
      (parts) => parts.join('.'),
      (parts) => parts.map((part) => `0x${part.toString(16)}`).join('.'),
      (parts) => parts.map((part) => `0${part.toString(8)}`).join('.'),
      (parts) => String(Buffer.from(parts).readUInt32BE()),
      (parts) => `[::ffff:${parts.join('.')}]`,
      (parts) => `[64:ff9b::${parts.join('.')}]`,
    );
    for (const round of rounds({ usually: 1, long: 200 })) {
      const property = fc.asyncProperty(address, spelling, async (parts, spell) => {
        await refused(`http://${spell(parts)}/`);
      });
      await fc.assert(property, { numRuns: 300, seed: 10 + round });
    }
    tally.assertKept();
  });

  it('is seen by this test when it is allowed', async () => {
    opened = [];
    const outbound = createOutbound({ allowHosts: [`127.0.0.1:${port}`], resolve: noDns });
    await assert.rejects(outbound.fetch(`http://127.0.0.1:${port}/?to=http://127.0.0.1:1/`));
    assert.equal(opened.length, 1);
  });
});
