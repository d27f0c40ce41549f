/**
 * The consumer information that installations publish about themselves: one line of XML without namespaces,
 * attributes or declarations. It is read from strangers, so a document type or entity is refused on sight
 * (CVE-2017-18111 was one), before a parser sees the text, and size, depth and number of nodes are bounded.
 */
import { SaxesParser } from 'saxes';

/** Who an application is, as it tells others. */
export interface ConsumerInformation {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** As found in the document; what we write is DER SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
  readonly callback: string | null;
}

/** A document that is no consumer information. The message is an English sentence that may be shown. */
export class ConsumerInformationRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConsumerInformationRefused';
  }
}

const MAX_BYTES = 65_536;
const MAX_DEPTH = 8;
const MAX_NODES = 200;
const MAX_ATTRIBUTES = 8;

/**
 * Reads another installation's consumer information. The first element of each name counts.
 * @throws {ConsumerInformationRefused} when it is too large, not well-formed, declares anything, or lacks key, name
 * or publicKey
 */
export function readConsumerInformation(xml: Uint8Array | string): ConsumerInformation {
  const text = decode(xml);
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    throw new ConsumerInformationRefused(
      'The consumer information declares a document type or an entity; that is not accepted.',
    );
  }
  const { root, values } = collect(text);
  if (root !== 'consumer') {
    throw new ConsumerInformationRefused(
      'That address gives no consumer information: its document has no <consumer>.',
    );
  }
  return {
    key: required(values, 'key'),
    name: required(values, 'name'),
    description: values.get('description') ?? '',
    publicKey: required(values, 'publicKey'),
    callback: values.get('callback') || null,
  };
}

/** Our own consumer information, on one line. */
export function writeConsumerInformation({
  key,
  name,
  description,
  publicKey,
  callback,
}: ConsumerInformation): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><consumer>' +
    element('key', key) +
    element('name', name) +
    element('publicKey', publicKey) +
    element('description', description) +
    (callback === null ? '' : element('callback', callback)) +
    '</consumer>'
  );
}

function decode(xml: Uint8Array | string): string {
  if (xml.length > MAX_BYTES) {
    throw new ConsumerInformationRefused(`The consumer information is larger than ${MAX_BYTES} bytes.`);
  }
  if (typeof xml === 'string') return xml;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(xml);
  } catch {
    throw new ConsumerInformationRefused('The consumer information is not encoded in UTF-8.');
  }
}

/** Walks the document once and keeps the text of the first child of the root by each name. */
function collect(text: string): { root: string | null; values: Map<string, string> } {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const values = new Map<string, string>();
  const open: string[] = [];
  let root: string | null = null;
  let field: string | null = null;
  let nodes = 0;

  parser.on('error', (error) => {
    throw new ConsumerInformationRefused(
      `The consumer information is not well-formed XML: ${error.message}.`,
    );
  });
  parser.on('opentag', ({ name, attributes }) => {
    nodes += 1;
    open.push(name);
    root ??= name;
    boundSize(open.length, nodes, Object.keys(attributes).length);
    if (open.length !== 2 || values.has(name)) return;
    field = name;
    values.set(field, '');
  });
  const addText = (piece: string) => {
    if (field !== null && open.length === 2) values.set(field, values.get(field)! + piece);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    if (open.length === 2) field = null;
    open.pop();
  });
  parser.write(text).close();
  for (const [name, value] of values) values.set(name, value.trim());
  return { root, values };
}

function boundSize(depth: number, nodes: number, attributes: number): void {
  if (depth > MAX_DEPTH || nodes > MAX_NODES || attributes > MAX_ATTRIBUTES) {
    throw new ConsumerInformationRefused('The consumer information has too many elements or attributes.');
  }
}

function required(values: ReadonlyMap<string, string>, name: string): string {
  const value = values.get(name);
  if (value) return value;
  throw new ConsumerInformationRefused(`The consumer information has no <${name}>.`);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Line ends become character references, so the document stays on one line and they survive it. */
function element(name: string, text: string): string {
  const escaped = text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<${name}>${escaped}</${name}>`;
}
