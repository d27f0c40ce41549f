import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createGadgetsWorld } from '../../../test/support/gadgets-world.ts';
import { aServiceProvider } from '../../../test/support/records.ts';
import type { GadgetsRefused } from '../mistake.ts';
import { allowedSources, judgeAddress, outboundPlaces } from './judge-address.ts';
import { matchesPattern, readPattern } from './outbound-pattern.ts';
import { addOutboundRule, removeOutboundRule } from './rules.ts';

/** Places with these rules and nothing else. */
function placesWith(...patterns: string[]) {
  const rules = patterns.map((pattern) => ({ pattern, note: '', addedBy: 'admin', createdAt: 0 }));
  return { own: 'https://wiki.example', providers: [], rules };
}

function isAllowed(address: string, ...patterns: string[]): boolean {
  return judgeAddress(placesWith(...patterns), address).isAllowed;
}

describe('a rule of the allow-list', () => {
  it('has one spelling, however it is entered', () => {
    const read = (text: string) => {
      const reading = readPattern(text);
      return reading.ok ? reading.pattern : reading.code;
    };
    equal(read(' HTTPS://Example.COM/ '), 'https://example.com');
    equal(read('https://example.com:443'), 'https://example.com');
    equal(read('https://example.com:8443'), 'https://example.com:8443');
    equal(read('http://127.1:8080'), 'http://127.0.0.1:8080');
    equal(read('https://[::1]:1'), 'https://[::1]:1');
    equal(read('https://*.Example.org'), 'https://*.example.org');
    equal(read('https://*.bücher.example:8443/'), 'https://*.xn--bcher-kva.example:8443');
  });

  it('is refused with the reason, where it would say something else than it seems', () => {
    const code = (text: string) => {
      const reading = readPattern(text);
      return reading.ok ? reading.pattern : reading.code;
    };
    equal(code(''), 'rule-malformed');
    equal(code('example.com'), 'rule-malformed');
    equal(code('https://'), 'rule-malformed');
    for (const host of ['a;sandbox', 'a"', 'a,b.example', "a'b.example", '*.a;sandbox.example'])
      equal(code(`https://${host}`), 'rule-malformed', host);
    equal(code('ftp://example.com'), 'rule-scheme');
    equal(code('javascript://example.com'), 'rule-scheme');
    equal(code('https://good.example@evil.example'), 'rule-credentials');
    equal(code('https://good.example\\@evil.example'), 'rule-credentials');
    equal(code('https://example.com/path'), 'rule-path');
    equal(code('https://example.com?q'), 'rule-path');
    equal(code('https://example.com/?'), 'rule-path');
    equal(code('https://example.com#f'), 'rule-path');
    equal(code('https://*'), 'rule-wildcard');
    equal(code('https://ex*mple.com'), 'rule-wildcard');
    equal(code('https://*.*.example.com'), 'rule-wildcard');
    equal(code('https://www.*.com'), 'rule-wildcard');
    equal(code('https://*.127.0.0.1'), 'rule-wildcard');
    equal(code('https://*.com'), 'rule-too-wide');
    equal(code('https://*.com.'), 'rule-too-wide');
  });

  it('allows its own origin and no other', () => {
    const rule = 'https://example.com';
    equal(isAllowed('https://example.com/a?b#c', rule), true);
    equal(isAllowed('https://EXAMPLE.com:443/', rule), true);
    for (const other of [
      'http://example.com/',
      'https://example.com:444/',
      'https://www.example.com/',
      'https://example.com.evil.example/',
      'https://evilexample.com/',
      'https://example.com./',
    ])
      equal(isAllowed(other, rule), false, other);
  });

  it('with a wildcard allows subdomains of any depth, on its scheme and port, and not the domain itself', () => {
    const rule = 'https://*.example.org';
    equal(isAllowed('https://a.example.org/', rule), true);
    equal(isAllowed('https://a.b.example.org/', rule), true);
    for (const other of [
      'https://example.org/',
      'https://aexample.org/',
      'https://a.example.org.evil.example/',
      'https://a.example.org:8443/',
      'http://a.example.org/',
      'https://evil.example/?.example.org',
      'https://evil.example/.example.org',
    ])
      equal(isAllowed(other, rule), false, other);
    equal(matchesPattern('http://*.example.org:8080', new URL('http://a.example.org:8080/')), true);
  });
});

describe('an address that a gadget asks for', () => {
  it('is never judged by what stands before an @ (CVE-2019-8451)', () => {
    const rule = 'https://good.example';
    for (const address of [
      'https://good.example@evil.example/',
      'https://good.example:1337@evil.example/',
      'https://good.example:@evil.example/',
      'https://@good.example/',
      'https://good.example%2F@evil.example/',
      'https://evil.example#@good.example/',
      'https://evil.example\\@good.example/',
      'https://evil.example\\.good.example/',
      'https:evil.example/https://good.example',
      '//good.example/',
      'https://good.example\t@evil.example/',
    ]) {
      const verdict = judgeAddress(placesWith(rule, 'https://*.good.example'), address);
      const isHarmless = !verdict.isAllowed || new URL(address).host === 'good.example';
      equal(isHarmless, true, address);
      if (address.includes('@evil')) equal(verdict.isAllowed, false, address);
    }
    deepEqual(judgeAddress(placesWith(rule), 'https://good.example:1337@evil.example/'), {
      isAllowed: false,
      why: 'credentials',
    });
    deepEqual(judgeAddress(placesWith(rule), 'https://user@good.example/'), {
      isAllowed: false,
      why: 'credentials',
    });
  });

  it('is refused with the reason', () => {
    const places = placesWith();
    deepEqual(judgeAddress(places, 'no address'), { isAllowed: false, why: 'no-address' });
    deepEqual(judgeAddress(places, 'file:///etc/passwd'), { isAllowed: false, why: 'scheme' });
    deepEqual(judgeAddress(places, 'https://x.example/a'), {
      isAllowed: false,
      why: 'no-rule',
      origin: 'https://x.example',
    });
  });

  it('is allowed at this installation, at service providers, and where a rule says so', async () => {
    const { context } = await createGadgetsWorld();
    await addOutboundRule(context, { pattern: 'https://*.feeds.example', note: ' news ' }, 'admin');
    const linked = aServiceProvider({
      name: 'Tracker',
      secret: null,
      baseUrl: 'http://127.0.0.1:8080/jira',
      requestTokenUrl: 'http://127.0.0.1:8080/jira/oauth/request-token',
      accessTokenUrl: 'https://login.tracker.example/token',
      authorizeUrl: 'https://a;sandbox/authorize',
    });
    const event = { at: 0, actor: 'a', action: 'service-provider.add', object: 'Tracker' } as const;
    await context.storage.serviceProviders.add(linked, { ...event, before: null, after: null, note: null });
    const places = await outboundPlaces(context);
    const by = (address: string) => {
      const verdict = judgeAddress(places, address);
      return verdict.isAllowed ? verdict.by : verdict.why;
    };
    equal(by(`${context.publicUrl}/rest/x`), 'own');
    equal(by('http://127.0.0.1:8080/rest/api/2/search'), 'provider');
    equal(by('https://login.tracker.example/'), 'provider');
    equal(by('https://a.feeds.example/rss'), 'rule');
    equal(by('http://127.0.0.1:9090/metrics'), 'no-rule');
    deepEqual(allowedSources(places), [
      'https://wiki.example',
      'http://127.0.0.1:8080',
      'https://login.tracker.example',
      'https://*.feeds.example',
    ]);
  });

  it('is no longer allowed when its rule is removed, and the log knows who did what', async () => {
    const { context, lastEvent } = await createGadgetsWorld();
    await addOutboundRule(context, { pattern: 'https://a.example/', note: '' }, 'alice');
    const again = addOutboundRule(context, { pattern: 'HTTPS://A.example', note: '' }, 'alice');
    await again.then(
      () => equal('added twice', ''),
      (error: GadgetsRefused) => equal(error.mistakes[0]?.code, 'rule-taken'),
    );
    await removeOutboundRule(context, 'https://a.example', 'alice');
    const { actor, action, object } = (await lastEvent())!;
    deepEqual([actor, action, object], ['alice', 'allow-list.remove', 'https://a.example']);
    equal(judgeAddress(await outboundPlaces(context), 'https://a.example/').isAllowed, false);
  });
});
