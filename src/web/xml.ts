/**
 * Reads XML of strangers into a small tree. A document type or entity is refused on sight (CVE-2017-18111 was one),
 * before a parser sees the text; size, depth, number of nodes and of attributes are bounded. Each element knows where
 * it stands, so that a mistake can be shown by line and column. Namespaces are left to the reader: names are as written.
 */
import { SaxesParser } from 'saxes';

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

/** A document that is not read. The message is an English sentence about "the document"; line and column from 1. */
export class XmlRefused extends Error {
  readonly mistake: XmlMistake;
  readonly line: number;
  readonly column: number;
  /** What the parser said, for `not-well-formed`; '' otherwise. */
  readonly detail: string;

  constructor(mistake: XmlMistake, message: string, place: Place, detail = '') {
    super(message);
    this.name = 'XmlRefused';
    this.mistake = mistake;
    this.line = place.line;
    this.column = place.column;
    this.detail = detail;
  }
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
      'The document declares a document type or an entity; that is not accepted.',
      placeOf(text, declaration.index),
    );
  }
  return buildTree(text, bounds);
}

const START: Place = { line: 1, column: 1 };

function decode(xml: Uint8Array | string, maxBytes: number): string {
  if (xml.length > maxBytes) {
    throw new XmlRefused('too-large', `The document is larger than ${maxBytes} bytes.`, START);
  }
  try {
    const text = typeof xml === 'string' ? xml : new TextDecoder('utf-8', { fatal: true }).decode(xml);
    return text.replace(/^\ufeff/, '');
  } catch {
    throw new XmlRefused('not-utf-8', 'The document is not encoded in UTF-8.', START);
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
    const detail = error.message.replace(/^[^:]*?\d+:\d+:\s*/, '');
    const place = { line: parser.line, column: Math.max(1, parser.columnIndex) };
    throw new XmlRefused('not-well-formed', `The document is not well-formed XML: ${detail}`, place, detail);
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
      throw new XmlRefused('too-many-nodes', 'The document has too many elements or attributes.', start);
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
