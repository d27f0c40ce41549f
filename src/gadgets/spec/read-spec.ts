/**
 * Reads a gadget's spec out of its XML. What cannot be done here is refused with its place and with what to do, so
 * that the administrator who adds a gadget learns it, and not everybody who looks at it; what can be left out without
 * harm is noted.
 */
import { isKnownFeature } from './features.ts';
import type { GadgetSpec, SpecElement, SpecFeature, SpecNote } from './gadget-spec.ts';
import { readLocales } from './message-bundle.ts';
import { readContents, refuseTemplate } from './read-contents.ts';
import { readOAuthServices } from './read-oauth.ts';
import { readPreferences } from './read-preferences.ts';
import { attributeOf, childrenOf, isTrue, requiredAttribute, webAddress } from './spec-parts.ts';
import { mistakeIn } from './spec-refused.ts';

const MOST_FEATURES = 64;
const MOST_PARAMETERS = 64;
const MOST_LINKS = 16;
const MOST_CATEGORIES = 8;
const LONGEST_TITLE = 200;
const LONGEST_DESCRIPTION = 2000;

/**
 * Reads a spec.
 * @param specUrl its absolute address, to which others in it are relative
 * @throws {SpecRefused}
 */
export function readGadgetSpec(root: SpecElement, specUrl: string): GadgetSpec {
  if (root.name !== 'Module') throw mistakeIn(root, 'no-module', { name: root.name });
  const [prefs] = childrenOf(root, 'ModulePrefs', 1);
  if (prefs === undefined) throw mistakeIn(root, 'no-module-prefs');
  refuseTemplate(prefs);
  const notes: SpecNote[] = [];
  const note = (element: SpecElement, code: SpecNote['code'], values: SpecNote['values']) =>
    void notes.push({ code, line: element.line, column: element.column, values });
  const features = readFeatures(prefs, note);
  for (const preload of childrenOf(prefs, 'Preload', MOST_LINKS)) {
    note(preload, 'preload-ignored', { url: attributeOf(preload, 'href') });
  }
  return {
    url: specUrl,
    ...readWords(prefs),
    ...readPictures(prefs, specUrl),
    categories: readCategories(prefs, features),
    height: readPixels(prefs, 'height', note),
    width: readPixels(prefs, 'width', note),
    isScrolling: isTrue(prefs, 'scrolling'),
    links: childrenOf(prefs, 'Link', MOST_LINKS).flatMap((link) => {
      const href = webAddress(attributeOf(link, 'href'), specUrl);
      return href === null ? [] : [{ rel: attributeOf(link, 'rel'), href }];
    }),
    features,
    locales: readLocales(prefs, specUrl),
    preferences: readPreferences(root),
    contents: readContents(root, specUrl),
    oauthServices: readOAuthServices(prefs, specUrl),
    notes,
  };
}

type Words = Pick<
  GadgetSpec,
  'title' | 'directoryTitle' | 'titleUrl' | 'description' | 'author' | 'authorEmail'
>;

function readWords(prefs: SpecElement): Words {
  const title = bounded(prefs, 'title', LONGEST_TITLE);
  if (title === '') throw mistakeIn(prefs, 'no-title');
  return {
    title,
    directoryTitle: bounded(prefs, 'directory_title', LONGEST_TITLE) || title,
    titleUrl: attributeOf(prefs, 'title_url'),
    description: bounded(prefs, 'description', LONGEST_DESCRIPTION),
    author: bounded(prefs, 'author', LONGEST_TITLE),
    authorEmail: bounded(prefs, 'author_email', LONGEST_TITLE),
  };
}

function bounded(prefs: SpecElement, what: string, limit: number): string {
  const text = attributeOf(prefs, what);
  if (text.length > limit) throw mistakeIn(prefs, 'too-long', { what, limit });
  return text;
}

function readPictures(
  prefs: SpecElement,
  specUrl: string,
): Pick<GadgetSpec, 'thumbnailUrl' | 'screenshotUrl' | 'iconUrl'> {
  const [icon] = childrenOf(prefs, 'Icon', 1);
  return {
    thumbnailUrl: webAddress(attributeOf(prefs, 'thumbnail'), specUrl),
    screenshotUrl: webAddress(attributeOf(prefs, 'screenshot'), specUrl),
    iconUrl: icon === undefined ? null : webAddress(icon.text.trim(), specUrl),
  };
}

type Note = (element: SpecElement, code: SpecNote['code'], values: SpecNote['values']) => void;

function readFeatures(prefs: SpecElement, note: Note): readonly SpecFeature[] {
  const elements = prefs.children.filter(({ name }) => name === 'Require' || name === 'Optional');
  const tooMany = elements[MOST_FEATURES];
  if (tooMany !== undefined) {
    throw mistakeIn(tooMany, 'too-many', { element: tooMany.name, limit: MOST_FEATURES });
  }
  return elements.flatMap((element) => {
    const name = requiredAttribute(element, 'feature');
    const isRequired = element.name === 'Require';
    if (isKnownFeature(name)) return [{ name, isRequired, parameters: readParameters(element) }];
    if (isRequired) throw mistakeIn(element, 'feature-unknown', { name });
    note(element, 'optional-feature-unknown', { name });
    return [];
  });
}

function readParameters(feature: SpecElement): Record<string, string[]> {
  const params = childrenOf(feature, 'Param', MOST_PARAMETERS);
  const byName = Map.groupBy(params, (param) => requiredAttribute(param, 'name'));
  return Object.fromEntries([...byName].map(([name, all]) => [name, all.map(({ text }) => text.trim())]));
}

/** Two attributes of the first containers, and the feature by which Atlassian's gadgets say it. */
function readCategories(prefs: SpecElement, features: readonly SpecFeature[]): readonly string[] {
  const listed = features
    .filter(({ name }) => name === 'gadget-directory')
    .flatMap(({ parameters }) => parameters.categories ?? parameters.category ?? [])
    .flatMap((text) => text.split(/[,\n]/));
  const all = [attributeOf(prefs, 'category'), attributeOf(prefs, 'category2'), ...listed];
  const names = all.map((name) => name.trim().slice(0, 60)).filter((name) => name !== '');
  return [...new Set(names)].slice(0, MOST_CATEGORIES);
}

function readPixels(prefs: SpecElement, attribute: string, note: Note): number | null {
  const value = attributeOf(prefs, attribute);
  if (value === '') return null;
  const pixels = /^\d{1,5}(?:px)?$/.test(value) ? Number.parseInt(value, 10) : 0;
  if (pixels > 0) return pixels;
  note(prefs, 'number-ignored', { attribute, value: value.slice(0, 40) });
  return null;
}
