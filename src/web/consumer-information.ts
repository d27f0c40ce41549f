/**
 * The consumer information that installations publish about themselves: one line of XML without namespaces,
 * attributes or declarations. It is read from strangers, by the bounded reader that refuses every declaration.
 */
import { readXml, type XmlElement, XmlRefused } from './xml.ts';
import type { Words } from './xml-words.ts';

/** Who an application is, as it tells others. */
export interface ConsumerInformation {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** As found in the document; what we write is DER SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
  readonly callback: string | null;
}

/** A document that is no consumer information. The message is the English of its words, which may be shown. */
export class ConsumerInformationRefused extends Error {
  readonly words: Words;

  constructor(words: Words, options?: ErrorOptions) {
    super(words.en, options);
    this.name = 'ConsumerInformationRefused';
    this.words = words;
  }
}

const BOUNDS = { maxBytes: 65_536, maxDepth: 8, maxNodes: 200, maxAttributes: 8 };

/**
 * Reads another installation's consumer information. The first element of each name counts.
 * @throws {ConsumerInformationRefused} when it is too large, not well-formed, declares anything, or lacks key, name
 * or publicKey
 */
export function readConsumerInformation(xml: Uint8Array | string): ConsumerInformation {
  const root = readDocument(xml);
  if (root.name !== 'consumer') {
    throw new ConsumerInformationRefused({
      en: 'That address gives no consumer information: its document has no <consumer>.',
      ja: 'そのアドレスの文書はコンシューマ情報ではありません: <consumer> がありません。',
    });
  }
  const values = new Map(root.children.toReversed().map(({ name, text }) => [name, text.trim()]));
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

function readDocument(xml: Uint8Array | string): XmlElement {
  try {
    return readXml(xml, BOUNDS);
  } catch (error) {
    if (!(error instanceof XmlRefused)) throw error;
    const words = {
      en: error.words.en.replace('The document', 'The consumer information'),
      ja: error.words.ja.replace('文書', 'コンシューマ情報'),
    };
    throw new ConsumerInformationRefused(words, { cause: error });
  }
}

function required(values: ReadonlyMap<string, string>, name: string): string {
  const value = values.get(name);
  if (value) return value;
  throw new ConsumerInformationRefused({
    en: `The consumer information has no <${name}>.`,
    ja: `コンシューマ情報に <${name}> がありません。`,
  });
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
