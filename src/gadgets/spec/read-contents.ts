/** What a spec shows: `<Content>`, one or several, each for some views. */
import type { SpecContent, SpecElement } from './gadget-spec.ts';
import { addressOf, attributeOf, childrenOf } from './spec-parts.ts';
import { mistakeIn } from './spec-refused.ts';

const MOST_CONTENTS = 32;

/** Instructions of Atlassian's gadget publisher, which are carried out before it serves a spec. */
const DIRECTIVE = /#(?:requireResource|includeResources|oauth|supportedLocales|staticResourceUrl)\b/;

/** Reads them, in their order. @throws {SpecRefused} */
export function readContents(module: SpecElement, specUrl: string): readonly SpecContent[] {
  const elements = childrenOf(module, 'Content', MOST_CONTENTS);
  if (elements.length === 0) throw mistakeIn(module, 'no-content');
  return elements.map((element) => readContent(element, specUrl));
}

/** Refuses a template that is not rendered yet. @throws {SpecRefused} template-unrendered */
export function refuseTemplate(element: SpecElement): void {
  const directive = DIRECTIVE.exec(element.text);
  if (directive !== null) throw mistakeIn(element, 'template-unrendered', { directive: directive[0] });
}

function readContent(element: SpecElement, specUrl: string): SpecContent {
  const kind = attributeOf(element, 'type').toLowerCase() || 'html';
  if (kind !== 'html' && kind !== 'url') throw mistakeIn(element, 'content-type-unknown', { type: kind });
  refuseTemplate(element);
  const href = attributeOf(element, 'href');
  if (kind === 'html' && href !== '') throw mistakeIn(element, 'content-elsewhere');
  if (kind === 'url' && href === '') throw mistakeIn(element, 'content-without-href');
  if (kind === 'html' && element.text.trim() === '') throw mistakeIn(element, 'content-empty');
  return {
    views: viewsOf(element),
    kind,
    html: kind === 'html' ? element.text : '',
    href: kind === 'url' ? addressOf(element, href, specUrl) : '',
    preferredHeight: Number.parseInt(attributeOf(element, 'preferred_height'), 10) || null,
  };
}

function viewsOf(element: SpecElement): readonly string[] {
  const names = attributeOf(element, 'view').toLowerCase().split(',');
  const views = [...new Set(names.map((name) => name.trim()).filter((name) => /^[\w.-]{1,50}$/.test(name)))];
  return views.length === 0 ? ['default'] : views;
}
