/**
 * The gadgets that this installation publishes itself. Each is a plain spec with its message bundles, written as
 * anybody would write one; only our own address is filled in, so that it runs unchanged on the dashboards of linked
 * installations, where it asks for its data by OAuth like every other gadget.
 */
import { readFileSync } from 'node:fs';
import { gadgetDetails, type OwnGadget, readPinnedGadget } from '../../gadgets/index.ts';
import { readXml } from '../../web/index.ts';

/** What is not said by the specs themselves. */
interface OwnSpec {
  readonly name: string;
  readonly isForAdministrators?: boolean;
}

const SPECS: readonly OwnSpec[] = [
  { name: 'assigned-to-me' },
  { name: 'created-resolved' },
  { name: 'activity' },
  { name: 'connections' },
  { name: 'consumers', isForAdministrators: true },
  { name: 'clock' },
  { name: 'quick-links' },
];

const LANGUAGES = ['en', 'ja'] as const;

/** Where they are, below the public URL. */
export const SPECS_PATH = '/rest/gadgets/1.0/g/countersign';

/** What all of them have in common: looks, and the way to data. */
const PARTS = 'parts';

/** Address of the spec of an own gadget. */
export function ownSpecUrl(publicUrl: string, name: string): string {
  return `${publicUrl}${SPECS_PATH}/${name}.xml`;
}

/** Reads them. @param publicUrl without a slash at its end */
export function ownGadgets(publicUrl: string): readonly OwnGadget[] {
  const parts = textOf(`${PARTS}.html`);
  const fill = (text: string) =>
    text.replaceAll('__PARTS__', () => parts).replaceAll('__ADDRESS__', () => escaped(publicUrl));
  return SPECS.map(({ name, isForAdministrators = false }) => {
    const specUrl = ownSpecUrl(publicUrl, name);
    const xml = fill(textOf(`${name}.xml`));
    const bundles = Object.fromEntries(
      [PARTS, name].flatMap((bundle) =>
        LANGUAGES.map((language) => {
          const file = `messages/${bundle}.${language}.xml`;
          return [`${publicUrl}${SPECS_PATH}/${file}`, textOf(file)];
        }),
      ),
    );
    const read = readPinnedGadget({ specUrl, xml, bundles }, readXml);
    const textsIn = (language: string) => {
      const { title, description } = gadgetDetails(read.spec, { bundles: read.bundles, language });
      return { title, description };
    };
    const { thumbnailUrl, categories } = read.spec;
    const texts = { english: textsIn('en'), texts: { ja: textsIn('ja') } };
    return { name, specUrl, xml, bundles, ...texts, thumbnailUrl, categories, isForAdministrators };
  });
}

function textOf(file: string): string {
  return readFileSync(new URL(`./specs/${file}`, import.meta.url), 'utf8');
}

/** Fit for attributes of XML and of HTML alike. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
