import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { DASHBOARD, openContainer, sessionCookie } from '../../../test/support/gadget-container.ts';
import { PageBrowser } from '../../../test/support/pages-world.ts';

const SPEC =
  '<Module><ModulePrefs title="T"/><UserPref name="town" default_value="Bremen"/><Content type="html"><![CDATA[<b title="__UP_town__">__MODULE_ID__</b>]]></Content></Module>';

describe('gadgets', () => {
  let container: Awaited<ReturnType<typeof openContainer>>;
  let alice: PageBrowser;

  before(async () => {
    container = await openContainer({
      publicUrl: 'https://wiki.example/w',
      gadgets: {
        one: SPEC,
        page: '<Module><ModulePrefs title="P"/><UserPref name="a" default_value="1"/><Content type="url" href="https://data.example/p;x,y?z=1"/></Module>',
        elsewhere:
          '<Module><ModulePrefs title="P"/><Content type="url" href="https://evil.example/"/></Module>',
      },
      rules: ['https://data.example', 'https://*.feeds.example'],
    });
    alice = new PageBrowser(container.pages, container.publicUrl);
    const { name, value } = await sessionCookie(container, 'alice');
    alice.cookies.set(name, value);
  });

  async function dashboard(): Promise<string> {
    return (await alice.get(`/w/dashboards/${DASHBOARD}`)).text();
  }

  describe('stand in frames', () => {
    it('that are sandboxed, of no origin, and of nothing but their own', async () => {
      const page = await dashboard();
      assert.match(
        page,
        /<iframe data-gadget-frame="one" sandbox="allow-scripts allow-forms" referrerpolicy="no-referrer"/,
      );
      const response = await alice.get(`/w/gadgets/ifr?dashboard=${DASHBOARD}&module=one`);
      const policy = response.headers.get('content-security-policy') ?? '';
      for (const directive of [
        "default-src 'none'",
        "connect-src 'none'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-src 'none'",
        'frame-ancestors https://wiki.example',
        'sandbox allow-scripts allow-forms',
        "script-src 'unsafe-inline' 'unsafe-eval' https://wiki.example/w/gadgets/js/ https://*.feeds.example https://data.example",
      ])
        assert.ok(policy.split('; ').includes(directive), policy);
      const text = await response.text();
      assert.match(text, /<b title="Bremen">\d+<\/b>/);
      const script = /<script src="([^"]+)"/.exec(text)?.[1] ?? '';
      const runtime = await alice.get(script);
      assert.equal(runtime.headers.get('cross-origin-resource-policy'), 'cross-origin');
      assert.match(runtime.headers.get('cache-control') ?? '', /immutable/);
    });

    it('whose page allows their addresses and no others', async () => {
      const page = await alice.get(`/w/dashboards/${DASHBOARD}`);
      const policy = page.headers.get('content-security-policy') ?? '';
      const frames = policy.split('; ').find((one) => one.startsWith('frame-src'));
      assert.equal(frames, 'frame-src https://wiki.example/w/gadgets/ifr https://data.example/p%3Bx%2Cy');
    });

    it('that are pages of their own only where gadgets may go', async () => {
      const page = (await dashboard()).replaceAll('&amp;', '&');
      assert.match(
        page,
        /src="https:\/\/data\.example\/p;x,y\?z=1&up_a=1&mid=page&lang=en&country=ALL&view=default&parent=https%3A%2F%2Fwiki\.example"/,
      );
      const notice = await alice.get(`/w/gadgets/ifr?dashboard=${DASHBOARD}&module=elsewhere`);
      assert.equal(notice.status, 403);
      assert.match(await notice.text(), /https:\/\/evil\.example, which gadgets may not reach/);
    });

    it('that are told where their viewer is', async () => {
      const british = { 'accept-language': 'en-GB' };
      const page = await (await alice.get(`/w/dashboards/${DASHBOARD}`, british)).text();
      assert.match(page, /&amp;lang=en&amp;country=GB&amp;/);
      const frame = await alice.get(`/w/gadgets/ifr?dashboard=${DASHBOARD}&module=one`, british);
      assert.match(await frame.text(), /"language":"en","country":"GB"/);
    });

    it('for those who are signed in', async () => {
      const stranger = new PageBrowser(container.pages, container.publicUrl);
      assert.equal((await stranger.get(`/w/gadgets/ifr?dashboard=${DASHBOARD}&module=one`)).status, 303);
    });
  });

  it('have links that lead on where gadgets may go, and ask first elsewhere', async () => {
    const listed = await alice.get(`/w/gadgets/leave?to=${encodeURIComponent('https://data.example/x?y')}`);
    assert.deepEqual([listed.status, listed.headers.get('location')], [303, 'https://data.example/x?y']);
    const other = await alice.get(
      `/w/gadgets/leave?to=${encodeURIComponent('https://evil.example/"><script>')}`,
    );
    assert.equal(other.status, 200);
    assert.match(await other.text(), /href="https:\/\/evil\.example\/%22%3E%3Cscript%3E"/);
    const script = await alice.get(`/w/gadgets/leave?to=${encodeURIComponent('javascript:alert(1)')}`);
    assert.equal(script.status, 400);
    assert.doesNotMatch(await script.text(), /="javascript/);
  });
});
