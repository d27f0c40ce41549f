/**
 * The closed catalogue of what can be wrong with a change of dashboards, of the directory of gadgets, and of the
 * places that gadgets may reach. The command line and the interface for programs print these sentences; the pages
 * print them, or their translation, beside the field.
 */

import { MAXIMUM_GADGETS } from '../model/index.ts';

/** Bounds that forms state in their help. */
export const BOUNDS = {
  dashboards: 50,
  gadgets: MAXIMUM_GADGETS,
  nameLength: 100,
  descriptionLength: 500,
  titleLength: 100,
  /** Characters of all preferences of one gadget, with their names, as JSON. */
  preferences: 12_000,
  leastRefreshSeconds: 60,
  mostRefreshSeconds: 86_400,
  directory: 500,
  feeds: 50,
  feedGadgets: 100,
  /** Characters of a spec and its message bundles together, as JSON. */
  spec: 600_000,
  rules: 500,
  noteLength: 200,
} as const;

/** Every mistake, with its English sentence. */
export const GADGET_MISTAKES = {
  'name-missing': 'Enter a name.',
  'name-too-long': `A name has at most ${BOUNDS.nameLength} characters.`,
  'description-too-long': `A description has at most ${BOUNDS.descriptionLength} characters.`,
  'title-too-long': `A title has at most ${BOUNDS.titleLength} characters.`,
  'note-too-long': `A note has at most ${BOUNDS.noteLength} characters.`,
  'forbidden-character': 'There is a control character or an invisible one in it; remove it.',
  'layout-unknown': 'Choose one of the layouts A, AA, AB, BA, AAA and ABA.',
  'sharing-unknown': 'Choose who sees it: only you, or everyone.',
  'color-unknown': 'Choose one of the colours.',
  'column-unknown': 'This dashboard has no such column; look at it again, then move the gadget.',
  'refresh-malformed': 'Choose a time between one minute and one day, or never.',
  'preferences-too-long': 'These preferences are too long to be kept; shorten them.',
  'dashboard-unknown':
    'There is no such dashboard, or it is not shared with you; the page of dashboards lists those there are.',
  'not-yours': 'Only its owner changes this dashboard; make a copy and change that.',
  'administrators-only': 'Only administrators change the system default.',
  'default-stays': 'The system default cannot be removed, nor hidden from anybody.',
  'changed-meanwhile':
    'Somebody changed this while you edited it; look at how it is now, then make your change again.',
  'too-many-gadgets': `A dashboard has room for ${BOUNDS.gadgets} gadgets; remove one first.`,
  'too-many-dashboards': `You have ${BOUNDS.dashboards} dashboards already; remove one first.`,
  'gadget-unknown':
    'There is no such gadget in the directory; choose one that is there (countersign gadget list), or ask an administrator to add it.',
  'placed-unknown': 'This gadget is not on the dashboard any more; look at it again, then put it there anew.',
  'spec-url-malformed': 'Enter the address of a gadget spec, such as https://example.com/clock.xml.',
  'spec-taken': 'This gadget is in the directory already.',
  'spec-too-long': 'This spec is too long, with its message bundles, to be kept.',
  'title-missing': 'This spec has no title, so nobody could find the gadget; its author has to add one.',
  'directory-full': `The directory has ${BOUNDS.directory} gadgets already; remove one first.`,
  'gadget-of-feed': 'A feed brought this gadget; unsubscribe from the feed to remove what it brought.',
  'base-url-malformed': 'Enter the base URL of the other installation, such as https://tracker.example.com.',
  'feed-taken': 'You have subscribed to this installation already.',
  'feed-unknown': 'There is no such feed any more; those there are: countersign gadget list.',
  'own-feed': 'That is this installation itself; its own gadgets are in the directory already.',
  'too-many-feeds': `There are ${BOUNDS.feeds} feeds already; unsubscribe from one first.`,
  'rule-malformed':
    'Enter a scheme and a host, such as https://example.com, https://example.com:8443 or https://*.example.com.',
  'rule-scheme': 'Only http and https addresses can be allowed; begin with https://.',
  'rule-credentials': 'Leave out user name and password: what stands before an @ is not the host.',
  'rule-path': 'Leave out the path: a rule allows a whole host.',
  'rule-wildcard':
    'A * stands for whole subdomains at the beginning of the host only, as in https://*.example.com.',
  'rule-too-wide': 'This would allow too much; name at least a domain and its ending after the *.',
  'rule-taken': 'This rule is there already.',
  'rule-unknown': 'There is no such rule any more; those there are: countersign allow-list list.',
  'too-many-rules': `There are ${BOUNDS.rules} rules already; remove one first.`,
} as const;

/** A code of the catalogue. */
export type GadgetMistakeCode = keyof typeof GADGET_MISTAKES;

/** The form field (and JSON member) a mistake belongs to; '' when it is about the whole. */
export type GadgetField =
  | 'name'
  | 'description'
  | 'layout'
  | 'sharing'
  | 'column'
  | 'color'
  | 'title'
  | 'refreshSeconds'
  | 'preferences'
  | 'specUrl'
  | 'baseUrl'
  | 'pattern'
  | 'note'
  | '';

/** One thing that is wrong. */
export interface GadgetMistake {
  readonly field: GadgetField;
  readonly code: GadgetMistakeCode;
}

/** Nothing was changed, because of these mistakes. */
export class GadgetsRefused extends Error {
  readonly mistakes: readonly GadgetMistake[];

  constructor(mistakes: readonly GadgetMistake[]) {
    super(mistakes.map(({ code }) => GADGET_MISTAKES[code]).join(' '));
    this.name = 'GadgetsRefused';
    this.mistakes = mistakes;
  }
}

/** @throws {GadgetsRefused} when there is at least one mistake */
export function refuseMistakes(mistakes: readonly (GadgetMistake | null)[]): void {
  const found = mistakes.filter((mistake) => mistake !== null);
  if (found.length > 0) throw new GadgetsRefused(found);
}

/** A refusal for one reason. */
export function refused(field: GadgetField, code: GadgetMistakeCode): GadgetsRefused {
  return new GadgetsRefused([{ field, code }]);
}
