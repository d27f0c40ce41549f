/**
 * The order in which a reader needs the documents: chapters of the guide one after another, each from what comes first,
 * then what is looked up. A guide that stands in no chapter is a mistake: nobody would come upon it.
 */

/** A group of the navigation. */
interface Chapter {
  readonly title: string;
  /** Its documents in their order, from the project's root; for the others, which documents are in it. */
  readonly documents: readonly string[] | RegExp;
}

const guide = (...names: string[]): string[] => names.map((name) => `docs/guide/${name}.md`);

/** In the order of the navigation. */
const CHAPTERS: readonly Chapter[] = [
  { title: 'Begin', documents: ['README.md', 'docs/README.md', ...guide('quickstarts', 'console', 'login')] },
  { title: 'Come from elsewhere', documents: guide('from-atlassian', 'import-jira') },
  {
    title: 'Requests to your application',
    documents: guide('explain', 'forward-auth', 'library', 'leaving-oauth1'),
  },
  { title: 'Requests to others', documents: guide('providers', 'signing-proxy', 'dashboards') },
  { title: 'Programs and tests', documents: guide('rest-api', 'mock') },
  {
    title: 'Run it',
    documents: guide(
      ...['operations', 'doctor', 'backup', 'upgrade', 'databases', 'cluster', 'performance', 'capacity'],
    ),
  },
  { title: 'Reference', documents: /^docs\/reference\// },
  { title: 'Problems', documents: /^docs\/problems\// },
  { title: 'Known mistakes', documents: /^docs\/mistakes\// },
  { title: 'Examples', documents: /^examples\// },
  { title: 'Decisions', documents: /^docs\/adr\// },
  { title: 'Project', documents: /^(?!docs\/)/ },
];

/** The titles of the chapters, in their order. */
export const CHAPTER_TITLES: readonly string[] = CHAPTERS.map(({ title }) => title);

/** The chapter that a document is in, and its place there; documents without a place of their own have the same. @throws when it is in none */
export function placeOf(source: string): { readonly chapter: string; readonly place: number } {
  for (const { title, documents } of CHAPTERS) {
    if (documents instanceof RegExp) {
      if (documents.test(source)) return { chapter: title, place: 0 };
    } else if (documents.includes(source)) return { chapter: title, place: documents.indexOf(source) };
  }
  throw new Error(`${source} stands in no chapter; give it a place in tools/site/chapters.ts.`);
}

/** Whether a chapter belongs to what is read rather than looked up. */
export function isGuide(chapter: string): boolean {
  return CHAPTERS.some(({ title, documents }) => title === chapter && !(documents instanceof RegExp));
}
