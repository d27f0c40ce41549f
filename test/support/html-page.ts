/** Reads forms, links and text out of a page, the way somebody with a very simple browser would. */

/** A button of a form, and what pressing it sends. */
export interface Button {
  readonly label: string;
  readonly name: string | null;
  readonly value: string;
}

/** A form with the fields it would send as it stands. */
export interface Form {
  readonly action: string;
  readonly method: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly buttons: readonly Button[];
}

/** All forms of a page, in order. */
export function readForms(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(
    ([, attributes = '', content = '']) => ({
      action: attribute(attributes, 'action') ?? '',
      method: (attribute(attributes, 'method') ?? 'get').toUpperCase(),
      fields: readFields(content),
      buttons: readButtons(content),
    }),
  );
}

/** A link, by the words that name it: its `aria-label` where it has one. */
export interface Link {
  readonly label: string;
  readonly href: string;
}

/** All links of a page, in order. */
export function readLinks(html: string): Link[] {
  return [...html.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/gi)].map(([, attributes = '', content = '']) => ({
    label: attribute(attributes, 'aria-label') ?? readText(content),
    href: attribute(attributes, 'href') ?? '',
  }));
}

/** The page's words without its markup. */
export function readText(html: string): string {
  const visible = html.replaceAll(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, ' ').replaceAll(/<[^>]*>/g, ' ');
  return unescapeHtml(visible).replaceAll(/\s+/g, ' ').trim();
}

/** The texts that stand as code, as they would be copied. */
export function readCode(html: string): string[] {
  return [...html.matchAll(/<pre\b[^>]*><code\b[^>]*>([\s\S]*?)<\/code><\/pre>/gi)].map(([, text = '']) =>
    unescapeHtml(text),
  );
}

/** Fields that are sent without anybody touching them: not buttons, not unticked boxes. */
function readFields(content: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [, attributes = ''] of content.matchAll(/<input\b([^>]*)>/gi)) {
    const name = attribute(attributes, 'name');
    const type = attribute(attributes, 'type') ?? 'text';
    const isUnticked = /^(?:checkbox|radio)$/.test(type) && !/\bchecked\b/.test(attributes);
    if (name !== null && type !== 'submit' && !isUnticked)
      fields.set(name, attribute(attributes, 'value') ?? '');
  }
  for (const [, attributes = '', text = ''] of content.matchAll(
    /<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/gi,
  )) {
    const name = attribute(attributes, 'name');
    if (name !== null) fields.set(name, unescapeHtml(text));
  }
  return fields;
}

function readButtons(content: string): Button[] {
  return [...content.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/gi)].map(
    ([, attributes = '', label = '']) => ({
      label: readText(label),
      name: attribute(attributes, 'name'),
      value: attribute(attributes, 'value') ?? '',
    }),
  );
}

function attribute(attributes: string, name: string): string | null {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(
    attributes,
  );
  return match === null ? null : unescapeHtml(match[1] ?? match[2] ?? match[3] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function unescapeHtml(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return ENTITIES[name] ?? whole;
  });
}
