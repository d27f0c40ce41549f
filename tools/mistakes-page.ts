/** The page about every known mistake, in Markdown, made of the very texts that the program says. */
import {
  CLIENT_LINES,
  CLIENTS,
  type Client,
  groupMistakes,
  type Language,
  MISTAKE_GROUP_TITLES,
  MISTAKE_TEXTS,
  type MistakeCode,
  mistakesOf,
  PROBLEM_TEXTS,
} from '../src/explain/index.ts';
import { PROBLEMS, type ProblemCode } from '../src/oauth/index.ts';

const WORDS = {
  en: {
    title: '# Known mistakes',
    lead: 'What clients, proxies and settings do to a signed request, by the [problem](../problems/README.md) that it is answered with.\nThe same texts stand in every installation under `/oauth/mistakes`, and in what `countersign explain` says. Written by\n`node tools/write-mistakes.ts`. [日本語](README.ja.md)',
    clients: 'In your client:',
  },
  ja: {
    title: '# 既知の誤り',
    lead: '署名付きリクエストについて、クライアント、プロキシ、設定で起こる誤りを、応答の[問題コード](../problems/README.md)ごとにまとめました。\n同じ内容は各システムの `/oauth/mistakes` と `countersign explain` の出力にもあります。`node tools/write-mistakes.ts` で\n生成されています。[English](README.md)',
    clients: 'クライアントでの書き方:',
  },
} as const;

/** Where the page of a language is, below docs/. */
export const MISTAKES_PAGES: Readonly<Record<Language, string>> = {
  en: 'mistakes/README.md',
  ja: 'mistakes/README.ja.md',
};

/** The page. */
export function mistakesPage(language: Language): string {
  const { title, lead } = WORDS[language];
  const codes = (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => mistakesOf(code).length > 0);
  return `${[title, lead, ...codes.map((code) => problemPart(code, language))].join('\n\n')}\n`;
}

function problemPart(code: ProblemCode, language: Language): string {
  const { meaning } = PROBLEM_TEXTS[language][code];
  const mistakes = mistakesOf(code).map((mistake) => mistakePart(mistake, language));
  return [`## ${code}`, text(meaning), ...index(mistakesOf(code), language), ...mistakes].join('\n\n');
}

/** Many mistakes begin with a list of them, by what they are about. */
function index(codes: readonly MistakeCode[], language: Language): readonly string[] {
  const groups = groupMistakes(codes);
  if (groups.length === 1) return [];
  const titles = MISTAKE_GROUP_TITLES[language];
  const links = (ofGroup: readonly MistakeCode[]) => ofGroup.map((code) => `[${code}](#${code})`).join(', ');
  return [groups.map(([group, ofGroup]) => `- **${titles[group]}**: ${links(ofGroup)}`).join('\n')];
}

function mistakePart(mistake: MistakeCode, language: Language): string {
  const { title, advice } = MISTAKE_TEXTS[language][mistake];
  const lines = CLIENT_LINES[mistake] ?? {};
  const clients = (Object.keys(CLIENTS) as Client[])
    .filter((client) => lines[client] !== undefined)
    .map((client) => `- ${CLIENTS[client]}: ${code(lines[client]!)}`);
  const parts = [`### ${mistake}`, `**${text(title)}.** ${text(advice)}`];
  if (language === 'ja') parts[1] = `**${text(title)}。** ${text(advice)}`;
  return clients.length === 0
    ? parts.join('\n\n')
    : [...parts, WORDS[language].clients, clients.join('\n')].join('\n\n');
}

/** Text that Markdown would take for markup is shown as it is. */
function text(plain: string): string {
  return plain.replace(/[*_`<>[\]~]/g, '\\$&');
}

function code(line: string): string {
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}
