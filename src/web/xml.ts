/**
 * Reads XML of strangers into a small tree. A document type or entity is refused on sight (CVE-2017-18111 was one),
 * before a parser sees the text; size, depth, number of nodes and of attributes are bounded. Each element knows where
 * it stands, so that a mistake can be shown by line and column. Namespaces are left to the reader: names are as written.
 */
import { SaxesParser } from 'saxes';
import { faultWords, type Words } from './xml-words.ts';

/** An element, with the line and column (both from 1) of its start tag. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own character data and CDATA sections, joined; not that of its children. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** How much a document may hold. */
export interface XmlBounds {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxNodes: number;
  /** Of one element. */
  readonly maxAttributes: number;
}

/** Why a document was not read. */
export type XmlMistake = 'too-large' | 'not-utf-8' | 'declares-types' | 'not-well-formed' | 'too-many-nodes';

/**
 * A document that is not read. The message is an English sentence about "the document"; line and column from 1. What
 * the parser said is the cause, for logs only.
 */
export class XmlRefused extends Error {
  readonly mistake: XmlMistake;
  readonly line: number;
  readonly column: number;
  /** The sentence in each language; what it is about comes first, so that a caller can name it otherwise. */
  readonly words: Words;
  /** What is not well-formed, alone; null for other mistakes. */
  readonly fault: Words | null;

  constructor(mistake: XmlMistake, words: Words, place: Place, syntax: SyntaxFault | null = null) {
    super(words.en, syntax === null ? {} : { cause: syntax.cause });
    this.name = 'XmlRefused';
    this.mistake = mistake;
    this.line = place.line;
    this.column = place.column;
    this.words = words;
    this.fault = syntax?.fault ?? null;
  }
}

/** Syntax that the parser refused. */
interface SyntaxFault {
  readonly fault: Words;
  readonly cause: Error;
}

/** Room for a gadget spec, and for a feed of ordinary length. */
const USUAL_BOUNDS: XmlBounds = { maxBytes: 262_144, maxDepth: 32, maxNodes: 5000, maxAttributes: 32 };

/** Gives a document's root element. @throws {XmlRefused} */
export function readXml(xml: Uint8Array | string, bounds: XmlBounds = USUAL_BOUNDS): XmlElement {
  const text = decode(xml, bounds.maxBytes);
  const declaration = /<!(?:DOCTYPE|ENTITY)/i.exec(text);
  if (declaration !== null) {
    throw new XmlRefused(
      'declares-types',
      {
        en: 'The document declares a document type or an entity; that is not accepted.',
        ja: '文書に文書型またはエンティティの宣言があります。これは受け付けられません。',
      },
      placeOf(text, declaration.index),
    );
  }
  return buildTree(text, bounds);
}

const START: Place = { line: 1, column: 1 };

function decode(xml: Uint8Array | string, maxBytes: number): string {
  if (xml.length > maxBytes) {
    const words = {
      en: `The document is larger than ${maxBytes} bytes.`,
      ja: `文書が ${maxBytes} バイトを超えています。`,
    };
    throw new XmlRefused('too-large', words, START);
  }
  try {
    const text = typeof xml === 'string' ? xml : new TextDecoder('utf-8', { fatal: true }).decode(xml);
    return text.replace(/^\ufeff/, '');
  } catch {
    const words = {
      en: 'The document is not encoded in UTF-8.',
      ja: '文書の文字コードが UTF-8 ではありません。',
    };
    throw new XmlRefused('not-utf-8', words, START);
  }
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function placeOf(text: string, index: number): Place {
  return placesIn(text)(index);
}

/** Says where an index of the text is; asked in rising order, it looks at each character once. */
function placesIn(text: string): (index: number) => Place {
  const lineEnd = /\r\n|\r|\n|$/g;
  let line = 1;
  let lineStart = 0;
  let nextLine = 0;
  const findNextLine = () => {
    lineEnd.lastIndex = lineStart;
    const end = lineEnd.exec(text)!;
    nextLine = end[0] === '' ? Number.POSITIVE_INFINITY : lineEnd.lastIndex;
  };
  findNextLine();
  return (index) => {
    while (index >= nextLine) {
      line += 1;
      lineStart = nextLine;
      findNextLine();
    }
    return { line, column: index - lineStart + 1 };
  };
}

const TOO_MANY_NODES = {
  en: 'The document has too many elements or attributes.',
  ja: '文書の要素または属性が多すぎます。',
};

function notWellFormed(cause: Error, text: string, end: Place): XmlRefused {
  const said = cause.message.replace(/^[^:]*?\d+:\d+:\s*/, '');
  // A “&” without “;” swallows the rest of the document, whose end is then what the parser misses.
  const open = /^un(?:closed|expected end)/.test(said) ? openReference(text) : -1;
  const place = open < 0 ? end : placeOf(text, open);
  const fault = faultWords(open < 0 ? said : 'undefined entity');
  const words = {
    en: `The document is not well-formed XML: ${fault.en}`,
    ja: `文書が XML として正しくありません: ${fault.ja}`,
  };
  return new XmlRefused('not-well-formed', words, place, { fault, cause });
}

/** Where a reference begins that the document does not end; -1 if there is none. */
function openReference(text: string): number {
  const start = text.indexOf('&', text.lastIndexOf(';') + 1);
  return start < 0 || /\]\]>|-->/.test(text.slice(start)) ? -1 : start;
}

interface Growing extends XmlElement {
  readonly children: Growing[];
  text: string;
}

function buildTree(text: string, bounds: XmlBounds): XmlElement {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const open: Growing[] = [];
  let root: Growing | null = null;
  let nodes = 0;
  // Where the tag began that is being read: the parser itself tells only where it is now.
  let start: Place = START;
  const placeAt = placesIn(text);

  parser.on('error', (error) => {
    const place = { line: parser.line, column: Math.max(1, parser.columnIndex) };
    throw notWellFormed(error, text, place);
  });
  parser.on('opentagstart', ({ name }) => {
    start = placeAt(text.lastIndexOf(`<${name}`, parser.position - name.length));
  });
  parser.on('opentag', ({ name, attributes }) => {
    nodes += 1;
    const isTooMuch =
      nodes > bounds.maxNodes ||
      open.length >= bounds.maxDepth ||
      Object.keys(attributes).length > bounds.maxAttributes;
    if (isTooMuch) {
      throw new XmlRefused('too-many-nodes', TOO_MANY_NODES, start);
    }
    const element: Growing = { name, attributes: { ...attributes }, children: [], text: '', ...start };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (piece: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return root!;
}
