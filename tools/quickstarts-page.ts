/** The page of quickstarts in the guide, made of the very programs that the console shows and the tests run. */
import {
  QUICKSTART_WORDS,
  QUICKSTARTS,
  type QuickstartFacts,
  SECRET_LINE,
  type Template,
} from '../src/quickstarts/index.ts';

/** Where the page is, below docs/. */
export const QUICKSTARTS_PAGE = 'guide/quickstarts.md';

const FACTS = { publicUrl: 'https://tracker.example.com', consumerKey: 'wiki' };
const WORDS = QUICKSTART_WORDS.en;

/** The page. */
export function quickstartsPage(): string {
  const lead = `Programs that ask a user for access to \`${FACTS.publicUrl}\`, as the consumer \`${FACTS.consumerKey}\`, and then read who the user
is. Every consumer’s page in the console has them with its own key and address filled in, and the credential that it
has: *Quickstart*, for administrators and for the consumer’s owner. Written by \`node tools/write-quickstarts.ts\`.`;
  const contents = Object.values(QUICKSTARTS).map(({ title }) => `- [${title}](#${anchor(title)})`);
  const credentials = `## The credential

A consumer has either a shared secret or a key pair. ${WORDS.secret}

${block('sh', SECRET_LINE)}

${WORDS.privateKey}

Then run the program, open the address that it prints, approve, and type the code that you are shown. ${WORDS.next}`;
  const parts = Object.values(QUICKSTARTS).map(part);
  return `${['# Quickstarts', lead, contents.join('\n'), credentials, ...parts].join('\n\n')}\n`;
}

function part(template: Template): string {
  const { title, file, install, run, isTested } = template;
  const language = file.split('.').at(-1)!;
  const program = (credential: QuickstartFacts['credential']) =>
    block(language, template.code({ ...FACTS, credential }));
  return [
    `## ${title}`,
    block('sh', install),
    `With a shared secret, as \`${file}\`:`,
    program('shared-secret'),
    '<details><summary>With a private key</summary>',
    program('public-key'),
    '</details>',
    block('sh', run),
    isTested ? WORDS.tested : WORDS.untested,
  ].join('\n\n');
}

function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
