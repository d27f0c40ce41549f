/**
 * Fetches a gadget's spec with its message bundles, through the guarded client, for an administrator to look at. What
 * cannot be read is refused here, before anybody's dashboard has it.
 */
import {
  BOUNDS,
  bundleUrls,
  type FetchedSpec,
  gadgetDetails,
  readPinnedGadget,
  readSpecText,
  SpecRefused,
  specMistakeWords,
} from '../gadgets/index.ts';
import { fill, type Locale, type Outbound, OutboundRefused, outboundWords, readXml } from '../web/index.ts';

/** Most bundles of one spec that are fetched. */
const MOST_BUNDLES = 20;

/** There is no document at an address: it answered with another status than 200. */
export class SpecUnavailable extends Error {
  readonly url: string;
  readonly status: number;

  constructor(url: string, status: number) {
    super(`${url} answered with status ${status}.`);
    this.name = 'SpecUnavailable';
    this.url = url;
    this.status = status;
  }
}

/**
 * Fetches a spec.
 * @param specUrl as `specAddress` gives it
 * @throws {OutboundRefused} @throws {SpecUnavailable} @throws {SpecRefused}
 */
export async function fetchSpec(outbound: Outbound, specUrl: string): Promise<FetchedSpec> {
  const xml = await fetchText(outbound, specUrl);
  const addresses = bundleUrls(readSpecText(xml, specUrl, readXml)).slice(0, MOST_BUNDLES);
  const bundles: Record<string, string> = {};
  let length = xml.length;
  for (const address of addresses) {
    const text = await fetchText(outbound, address);
    length += text.length;
    // More than this is never kept; a feed of such specs would fill the memory before anybody says so.
    if (length > BOUNDS.spec) throw new SpecRefused({ code: 'too-large', line: 1, column: 1, values: {} });
    bundles[address] = text;
  }
  const { spec, bundles: texts } = readPinnedGadget({ specUrl, xml, bundles }, readXml);
  const details = gadgetDetails(spec, { bundles: texts, language: 'en' });
  return {
    specUrl,
    xml,
    bundles,
    title: details.directoryTitle || details.title,
    description: details.description,
    author: details.author || null,
    thumbnailUrl: details.thumbnailUrl,
    categories: details.categories,
  };
}

/** Why a spec could not be fetched, in a sentence; null for an error that is about something else. */
export function fetchTroubleWords(locale: Locale, specUrl: string, error: unknown): string | null {
  if (error instanceof OutboundRefused) return outboundWords(locale, new URL(specUrl), error);
  if (error instanceof SpecRefused) return specMistakeWords(locale, error.mistake);
  if (!(error instanceof SpecUnavailable)) return null;
  return fill(UNAVAILABLE[locale], { url: error.url, status: error.status });
}

const UNAVAILABLE: Readonly<Record<Locale, string>> = {
  en: '{url} answered with status {status}; there is no spec at that address.',
  ja: '{url} はステータス {status} を返しました。そのアドレスに仕様はありません。',
};

async function fetchText(outbound: Outbound, url: string): Promise<string> {
  const { status, body } = await outbound.fetch(url, {
    headers: { accept: 'application/xml, text/xml, */*' },
  });
  if (status !== 200) throw new SpecUnavailable(url, status);
  return new TextDecoder().decode(body);
}
