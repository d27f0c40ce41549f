/**
 * The dashboards' pages over memory storage, for `root` (an administrator), `alice` and `bob`; with one gadget of this
 * installation and one that an administrator added, whose spec asks for a preference of every datatype.
 */
import { peoplePages } from '../../src/console/index.ts';
import { gadgetAdministrationPages } from '../../src/dashboard/administration/index.ts';
import { PAGE_SCRIPTS } from '../../src/dashboard/index.ts';
import { personalDashboardPages } from '../../src/dashboard/pages/index.ts';
import { addGadget, type GadgetsContext, ticketKey } from '../../src/gadgets/index.ts';
import { createMemoryNonces } from '../../src/storage/memory/index.ts';
import type { Outbound } from '../../src/web/index.ts';
import { peopledAccounts } from './accounts-world.ts';
import { becomeInstallation } from './own-identity.ts';
import { openPages, PUBLIC_URL } from './pages-world.ts';

/** The spec of the gadget that was added by hand. */
export const NEWS_URL = 'https://gadgets.example/news.xml';

const NEWS = `<Module><ModulePrefs title="News" author="Ada" description="What is new elsewhere."/>
<UserPref name="topic" display_name="Topic" required="true" default_value="all"/>
<UserPref name="short" display_name="Headlines only" datatype="bool" default_value="true"/>
<UserPref name="order" display_name="Order" datatype="enum" default_value="new"><EnumValue value="new" display_value="Newest first"/><EnumValue value="old" display_value="Oldest first"/></UserPref>
<UserPref name="sources" display_name="Sources" datatype="list"/>
<UserPref name="seen" datatype="hidden"/>
<Content type="html"><![CDATA[<p>News</p>]]></Content></Module>`;

const CLOCK =
  '<Module><ModulePrefs title="Clock"/><Content type="html"><![CDATA[<p>12:00</p>]]></Content></Module>';

const SETTINGS = {
  accessTokenTtlSeconds: 604_800,
  requestTokenTtlSeconds: 600,
  sessionTtlSeconds: 3_196_800,
  timestampWindowSeconds: 300,
};

/** Opens the pages. @param publicUrl where they are served, if they are */
export async function openDashboards(publicUrl = PUBLIC_URL) {
  const accounts = await peopledAccounts();
  const { storage, clock, random } = accounts;
  const clockUrl = `${publicUrl}/rest/gadgets/1.0/g/clock.xml`;
  const gadgets: GadgetsContext = {
    storage,
    clock,
    random,
    publicUrl,
    ownGadgets: [
      {
        name: 'consumers',
        specUrl: `${publicUrl}/rest/gadgets/1.0/g/consumers.xml`,
        xml: CLOCK.replace('Clock', 'Consumers'),
        bundles: {},
        english: { title: 'Consumers', description: 'For administrators.' },
        texts: {},
        thumbnailUrl: null,
        categories: ['Access'],
        isForAdministrators: true,
      },
      {
        name: 'clock',
        specUrl: clockUrl,
        xml: CLOCK,
        bundles: {},
        english: { title: 'Clock', description: 'What time it is, in the zones that matter to you.' },
        texts: { ja: { title: '時計', description: '' } },
        thumbnailUrl: null,
        categories: ['Time'],
        isForAdministrators: false,
      },
    ],
  };
  await addGadget(
    gadgets,
    {
      specUrl: NEWS_URL,
      xml: NEWS,
      bundles: {},
      title: 'News',
      description: 'What is new elsewhere.',
      author: 'Ada',
      thumbnailUrl: null,
      categories: ['News'],
    },
    'root',
  );
  const administration = { storage, clock, random };
  await becomeInstallation(administration, 'Tracker');
  const fetched = new Map<string, string>();
  const outbound: Outbound = {
    async fetch(url) {
      const body = fetched.get(url);
      return {
        status: body === undefined ? 404 : 200,
        headers: {},
        finalUrl: url,
        body: Buffer.from(body ?? ''),
      };
    },
  };
  const installation = (await storage.installation.read())!;
  const pages = personalDashboardPages({ gadgets, ticketKey: ticketKey(installation) });
  const provider = {
    ...administration,
    nonces: createMemoryNonces({ clock, windowSeconds: 300 }),
    settings: SETTINGS,
    noteUse: () => undefined,
    noteAccepted: () => undefined,
  };
  const world = await openPages(
    () => [
      peoplePages({ accounts, provider }),
      { ...pages, scripts: PAGE_SCRIPTS },
      gadgetAdministrationPages({ gadgets, administration, outbound }),
    ],
    { accounts, publicUrl },
  );
  return { ...world, gadgets, clockUrl, fetched };
}
