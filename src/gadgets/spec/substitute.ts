/**
 * Puts messages, preferences and facts in the place of a spec's placeholders. Messages are the author's and stand as
 * they are; what a person wrote into a preference is never markup and never script, wherever in the gadget's HTML the
 * placeholder stands: every character that could end a text, an attribute or a string of a script, or call anything,
 * becomes a reference. Messages are put in first, and what a preference holds is not looked through again. A short spec
 * can name a long message thousands of times: what does not fit any more, and all after it, is left out.
 */

/** What can be put in. */
export interface Substitutions {
  readonly messages: Readonly<Record<string, string>>;
  readonly preferences: Readonly<Record<string, string>>;
  readonly moduleId: string;
  readonly direction: 'ltr' | 'rtl';
  /** For `__ENV_name__`. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Where the text will stand: in HTML, in an address, or where it is escaped later anyway. */
export type Place = 'html' | 'address' | 'text';

const PLACEHOLDER =
  /__(?:UP_([\w.-]+?)|ENV_(\w+?)|BIDI_(START_EDGE|END_EDGE|DIR|REVERSE_DIR)|(MODULE_ID))__/g;

/** Most that is put into a text of each kind, characters. */
const ROOM: Readonly<Record<Place, number>> = { html: 1_048_576, address: 16_384, text: 16_384 };

/** Gives the text with everything put in. Unknown messages and preferences are empty. */
export function substitute(text: string, substitutions: Substitutions, place: Place): string {
  const { messages, preferences, environment, direction, moduleId } = substitutions;
  const fitting = fittingInto(ROOM[place]);
  const asIs = ESCAPES.text;
  const withMessages = text.replace(/__MSG_([\w.-]+?)__/g, (_, name: string) =>
    fitting(own(messages, name), asIs),
  );
  return withMessages.replace(PLACEHOLDER, (_, preference?: string, variable?: string, bidi?: string) => {
    if (preference !== undefined) return fitting(own(preferences, preference), ESCAPES[place]);
    if (variable !== undefined) return fitting(own(environment, variable), ESCAPES[place]);
    return bidi === undefined ? moduleId : edge(bidi, direction);
  });
}

/** Gives each value, escaped, until one does not fit; then nothing, and nothing is escaped in vain. */
function fittingInto(room: number): (value: string, escaping: (value: string) => string) => string {
  let left = room;
  return (value, escaping) => {
    const escaped = value.length > left ? null : escaping(value);
    const isFitting = escaped !== null && escaped.length <= left;
    left = isFitting ? left - escaped.length : 0;
    return isFitting ? escaped : '';
  };
}

function own(values: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(values, name) ? values[name]! : '';
}

function edge(name: string, direction: 'ltr' | 'rtl'): string {
  const isLeftToRight = direction === 'ltr';
  if (name === 'START_EDGE') return isLeftToRight ? 'left' : 'right';
  if (name === 'END_EDGE') return isLeftToRight ? 'right' : 'left';
  if (name === 'DIR') return direction;
  return isLeftToRight ? 'rtl' : 'ltr';
}

const ESCAPES: Readonly<Record<Place, (value: string) => string>> = {
  html: escapeEverywhere,
  address: encodeURIComponent,
  text: (value) => value,
};

/**
 * In a script a reference is no character: without brackets, quotes, operators and line ends nothing can be called.
 * As a link, a script's address leads nowhere.
 */
function escapeEverywhere(value: string): string {
  const text =
    /^[\0-\x20]*j[\s\0]*a[\s\0]*v[\s\0]*a[\s\0]*s[\s\0]*c[\s\0]*r[\s\0]*i[\s\0]*p[\s\0]*t[\s\0]*:/i.test(
      value,
    )
      ? `#${value}`
      : value;
  return text.replace(/[^\p{L}\p{N} _.,:/@?%=#~$-]/gu, (one) => `&#${one.codePointAt(0)};`);
}
