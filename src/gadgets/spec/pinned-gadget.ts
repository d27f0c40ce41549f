/**
 * A gadget as the directory keeps it: texts that were fetched once. Reading XML is handed in; what it refuses becomes
 * a mistake of the spec like any other.
 */
import type { GadgetSpec, SpecElement } from './gadget-spec.ts';
import { type MessageTexts, readMessageBundle } from './message-bundle.ts';
import { readGadgetSpec } from './read-spec.ts';
import { type SpecMistakeCode, SpecRefused } from './spec-refused.ts';

/** Gives a document's root. What it throws says `mistake`, `line`, `column` and `fault`, as `XmlRefused` does. */
export type XmlReader = (xml: string) => SpecElement;

/** The texts of a gadget. */
export interface PinnedGadget {
  readonly specUrl: string;
  readonly xml: string;
  /** Message bundles by their addresses. */
  readonly bundles: Readonly<Record<string, string>>;
}

/** What they say. */
export interface ReadGadget {
  readonly spec: GadgetSpec;
  readonly bundles: ReadonlyMap<string, MessageTexts>;
}

/** Reads a spec's text. @throws {SpecRefused} */
export function readSpecText(xml: string, specUrl: string, readXml: XmlReader): GadgetSpec {
  return readGadgetSpec(read(xml, readXml), specUrl);
}

/** Reads a message bundle's text. @throws {SpecRefused} */
export function readBundleText(xml: string, readXml: XmlReader): MessageTexts {
  return readMessageBundle(read(xml, readXml));
}

/** Reads a gadget of the directory. @throws {SpecRefused} when it could not be added today */
export function readPinnedGadget({ specUrl, xml, bundles }: PinnedGadget, readXml: XmlReader): ReadGadget {
  const texts = Object.entries(bundles).map(([url, text]) => [url, readBundleText(text, readXml)] as const);
  return { spec: readSpecText(xml, specUrl, readXml), bundles: new Map(texts) };
}

const XML_MISTAKES: ReadonlyMap<unknown, SpecMistakeCode> = new Map([
  ['declares-types', 'declares-types'],
  ['too-large', 'too-large'],
  ['too-many-nodes', 'too-large'],
]);

function read(xml: string, readXml: XmlReader): SpecElement {
  try {
    return readXml(xml);
  } catch (error) {
    if (!isXmlRefusal(error)) throw error;
    const { mistake, line, column, fault } = error;
    const code = XML_MISTAKES.get(mistake) ?? 'not-xml';
    throw new SpecRefused({ code, line, column, values: { ...fault } });
  }
}

interface XmlRefusal extends Error {
  readonly mistake: string;
  readonly line: number;
  readonly column: number;
  /** What is not well-formed, in each language. */
  readonly fault: Readonly<Record<'en' | 'ja', string>> | null;
}

function isXmlRefusal(error: unknown): error is XmlRefusal {
  return (
    error instanceof Error && 'mistake' in error && 'line' in error && 'column' in error && 'fault' in error
  );
}
