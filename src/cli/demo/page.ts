/** Reads what a person without script can act on out of a page: its forms, with their buttons, and its links. */

/** A form as it would be sent when the button with that label is pressed. */
export interface PressedForm {
  readonly action: string;
  readonly fields: URLSearchParams;
}

/** The form that has a button with this label; null if the page has none. */
export function pressButton(html: string, label: string): PressedForm | null {
  for (const [, opening = '', content = ''] of html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)) {
    const button = [...content.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/gi)].find(
      ([, , text = '']) => words(text) === label,
    );
    if (button === undefined) continue;
    const fields = new URLSearchParams();
    for (const [, field = ''] of content.matchAll(/<input\b([^>]*)>/gi)) addField(fields, field);
    addField(fields, button[1]!);
    return { action: attribute(opening, 'action') ?? '', fields };
  }
  return null;
}

/** Address of the first link whose address contains this text; null if there is none. */
export function findLink(html: string, part: string): string | null {
  for (const [, opening = ''] of html.matchAll(/<a\b([^>]*)>/gi)) {
    const address = attribute(opening, 'href');
    if (address?.includes(part)) return address;
  }
  return null;
}

/** The page's heading. */
export function heading(html: string): string {
  return words(/<h1\b[^>]*>([\s\S]*?)<\/h1>/i.exec(html)?.[1] ?? '');
}

/** The sentence that tells what was just done; '' if there is none. */
export function notice(html: string): string {
  return words(/<p class="notice is-done"[^>]*>([\s\S]*?)<\/p>/i.exec(html)?.[1] ?? '');
}

function addField(fields: URLSearchParams, tag: string): void {
  const name = attribute(tag, 'name');
  if (name !== null) fields.set(name, attribute(tag, 'value') ?? '');
}

function attribute(tag: string, name: string): string | null {
  const match = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(` ${tag}`);
  return match === null ? null : unescaped(match[1]!);
}

function words(html: string): string {
  return unescaped(html.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|([a-z]+));/g, (whole, code: string | undefined, name: string) =>
    code === undefined ? (ENTITIES[name] ?? whole) : String.fromCodePoint(Number(code)),
  );
}
