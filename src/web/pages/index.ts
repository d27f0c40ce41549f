/** The page kit: everything that HTML pages share. How to use it is in the header of `pages.ts`. */
export { isFromOwnPage } from './anti-forgery.ts';
export { contentHash } from './assets.ts';
export { type BrowserScript, browserScriptText, scriptFiles } from './browser-script.ts';
export { type CookieJar, createCookieJar } from './cookies.ts';
export type { Trouble } from './error-pages.ts';
export { type FindViewer, viewerFinder } from './find-viewer.ts';
export {
  buttonRow,
  type Confirmation,
  checkbox,
  confirmation,
  errorSummary,
  type FieldError,
  type FieldOptions,
  hiddenField,
  linkButton,
  passwordField,
  postForm,
  radioGroup,
  selectField,
  submitButton,
  type TextFieldOptions,
  textArea,
  textField,
} from './forms.ts';
export { type Content, type Html, html } from './html.ts';
export {
  type Catalogue,
  count,
  differingPlaceholders,
  fill,
  fillHtml,
  type Messages,
  type Plural,
} from './i18n.ts';
export { errorBody } from './layout.ts';
export { type Column, type ListOptions, nothingFound, readList, searchBox, table } from './lists.ts';
export { isLocalPath, localPathOr } from './local-path.ts';
export { mistakeWords } from './mistake-words.ts';
export { FIELD_LABELS_JA, MISTAKES_JA } from './mistakes.ja.ts';
export { outboundWords } from './outbound-words.ts';
export type {
  Access,
  NavigationItem,
  Page,
  PageAction,
  PageAnswer,
  PageContext,
  PageRoute,
  PageSet,
  SignedInContext,
} from './page-route.ts';
export { type PlacedPage, pager, placedPager } from './pager.ts';
export { type Arrival, createPages, type Pages, type PagesOptions } from './pages.ts';
export {
  absoluteMoment,
  badge,
  copyBlock,
  copyButton,
  dayOf,
  emptyState,
  facts,
  identifier,
  moment,
  notice,
  number,
  ownLine,
  ownWords,
  protocolWord,
  shortened,
} from './parts.ts';
export { LOCALES, type Locale } from './reader.ts';
export { SEARCH_PATH, SEARCH_PLACES_PATH, SEARCH_RECORDS_PATH } from './search-paths.ts';
export { readSelection, selectionColumn, selectionForm } from './selection.ts';
export { servePage, serveTrouble } from './serve-pages.ts';
export { ANSWERS_JA, PROBLEMS_JA, REQUESTS_JA } from './trouble.ja.ts';
export { approvalWords, findingWordsJa, problemWords, troubleWords } from './trouble-words.ts';
