/** Where one may go from anywhere: the pages of the navigation, and what people set out to do. */
import type { PageAction, PageContext, PageSet } from '../../web/index.ts';
import { searchMessages } from './messages.ts';

/** A line of what was found. */
export interface Found {
  /** What kind of thing it is, as the heading over its like. */
  readonly group: string;
  readonly label: string;
  /** What tells it from others of that label. */
  readonly detail: string;
  /** Address on this server. */
  readonly href: string;
}

/** A page or an action, with other words for it. */
export interface Place extends Found {
  readonly also: string;
}

/** Every page and action that whoever asks may use; for an administrator, administration comes first. */
export function placesFor(c: PageContext, sets: readonly PageSet[]): readonly Place[] {
  const t = c.messages(searchMessages);
  const mayUse = ({ access }: PageAction) => access === 'user' || (c.viewer?.user.isAdministrator ?? false);
  const rank = ({ access }: PageAction) => (access === 'administrator' ? 0 : 1);
  const of = (group: string, list: readonly PageAction[]) =>
    list
      .filter(mayUse)
      .toSorted((a, b) => rank(a) - rank(b))
      .map(
        (one): Place => ({
          group,
          label: one.label[c.locale],
          detail: '',
          href: c.url(one.path),
          also: one.also?.[c.locale] ?? '',
        }),
      );
  return [
    ...of(
      t.actions,
      sets.flatMap(({ actions = [] }) => actions),
    ),
    ...of(
      t.pages,
      sets.flatMap(({ navigation }) => navigation),
    ),
  ];
}

/** Those in whose words every word of the search occurs. */
export function matchingPlaces(places: readonly Place[], search: string): readonly Place[] {
  const words = search.toLowerCase().split(/\s+/);
  return places.filter(({ label, also }) => {
    const text = `${label} ${also}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
