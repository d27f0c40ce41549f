/**
 * The own gadgets as others get them: every spec and message bundle at its address, and the feed that names them all
 * (Atom, RFC 4287), which other installations subscribe to by our base URL. All of it is for anybody.
 */
import type { OwnGadget } from '../../gadgets/index.ts';
import type { Installation } from '../../model/index.ts';
import { type Endpoint, sendText } from '../../web/index.ts';

/** Where every installation of this family publishes its gadgets, below its base URL. */
export const FEED_PATH = '/rest/gadgets/1.0/g/feed';

const READING = ['GET', 'HEAD'];
const XML = 'application/xml; charset=utf-8';

/** What publishing needs. */
export interface Publisher {
  readonly publicUrl: string;
  readonly ownGadgets: readonly OwnGadget[];
  readonly readInstallation: () => Promise<Pick<Installation, 'name' | 'createdAt'>>;
}

/** The feed, the specs and their bundles. */
export function publishedSpecs(publisher: Publisher): Endpoint[] {
  const texts = new Map<string, string>();
  for (const { specUrl, xml, bundles } of publisher.ownGadgets) {
    texts.set(specUrl, xml);
    for (const [url, bundle] of Object.entries(bundles)) texts.set(url, bundle);
  }
  const files = [...texts].map(
    ([url, text]): Endpoint => ({
      path: url.slice(publisher.publicUrl.length),
      methods: READING,
      access: 'anyone',
      handle: (wire, response) => sendText(response, wire, 200, text, XML),
    }),
  );
  return [...files, feedEndpoint(publisher)];
}

function feedEndpoint(publisher: Publisher): Endpoint {
  return {
    path: FEED_PATH,
    methods: READING,
    access: 'anyone',
    async handle(wire, response) {
      const feed = writeFeed(publisher, await publisher.readInstallation());
      sendText(response, wire, 200, feed, 'application/atom+xml; charset=utf-8');
    },
  };
}

function writeFeed(
  { publicUrl, ownGadgets }: Publisher,
  { name, createdAt }: Pick<Installation, 'name' | 'createdAt'>,
): string {
  const updated = new Date(createdAt * 1000).toISOString();
  const entries = ownGadgets.map(
    ({ specUrl, english: { title, description }, categories }) => `  <entry>
    <id>${escaped(specUrl)}</id>
    <title>${escaped(title)}</title>
    <summary>${escaped(description)}</summary>
${categories.map((category) => `    <category term="${escaped(category)}"/>\n`).join('')}    <updated>${updated}</updated>
    <link rel="alternate" type="application/xml" href="${escaped(specUrl)}"/>
  </entry>
`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${escaped(publicUrl + FEED_PATH)}</id>
  <title>${escaped(name)}</title>
  <author><name>${escaped(name)}</name></author>
  <updated>${updated}</updated>
  <link rel="self" href="${escaped(publicUrl + FEED_PATH)}"/>
${entries.join('')}</feed>
`;
}

/** Control characters cannot be written in XML at all. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\ufffe\uffff]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
