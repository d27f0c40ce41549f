/** An explanation as people read it in a terminal, and as programs read it. */
import type { BaseStringRow, Cause, Check, Explanation, Language } from '../../explain/index.ts';
import { PROBLEM_TEXTS } from '../../explain/index.ts';
import { columns } from '../answer.ts';
import { createPainter, type Painter, printable } from '../paint.ts';
import { EXPLANATION_WORDS, type ExplanationWords } from './explanation-words.ts';

/** An explanation as JSON. */
export function explanationJson(
  { checks, ...explanation }: Explanation,
  ignored: readonly string[],
): unknown {
  return {
    ...explanation,
    ignored,
    checks: checks.map(({ name, outcome, yours, ours }) => ({ name, outcome, yours, ours })),
  };
}

/** An explanation in lines. @param ignored parts of the text that were not understood */
export function explanationLines(
  explanation: Explanation,
  language: Language,
  ignored: readonly string[] = [],
  painter: Painter = createPainter(),
): string[] {
  const words = EXPLANATION_WORDS[language];
  const sections = [
    heading(explanation, language, painter),
    section(words.checklist, checklist(explanation.checks, words, painter), painter),
    section(words.onTheWay, journey(explanation, words), painter),
    baseString(explanation, words, painter),
    causes(explanation, words, painter),
    section(
      words.ignored,
      ignored.map((text) => `  ${printable(text)}`),
      painter,
    ),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}

function heading({ problem, requestId }: Explanation, language: Language, painter: Painter): string[] {
  const words = EXPLANATION_WORDS[language];
  const id = requestId === null ? '' : painter.dim(`  (${words.request} ${printable(requestId)})`);
  if (problem === null) return [`${painter.good('✔')} ${words.accepted}${id}`];
  return [
    `${painter.bad('✘')} ${words.refused} ${painter.bold(problem)}${id}`,
    `  ${PROBLEM_TEXTS[language][problem].meaning}`,
  ];
}

function section(title: string, lines: readonly string[], painter: Painter): string[] {
  return lines.length === 0 ? [] : [painter.bold(title), ...lines];
}

function checklist(checks: readonly Check[], words: ExplanationWords, painter: Painter): string[] {
  const names = columns(checks.map(({ name }) => [words.checks[name], '']));
  return checks.flatMap((check, at) => {
    const { outcome, yours, ours } = check;
    const name = names[at]!;
    if (outcome === 'skipped') return [painter.dim(`  – ${name}`.trimEnd())];
    if (outcome === 'passed') return [`  ${painter.good('✔')} ${name}${shown(yours)}`.trimEnd()];
    return [
      `  ${painter.bad('✘')} ${painter.bold(name.trimEnd())}`,
      ...pair(yours, ours, words).map((line) => `      ${line}`),
    ];
  });
}

function pair(yours: string | null, ours: string | null, words: ExplanationWords): string[] {
  const rows = [
    ...(yours === null ? [] : [[words.yours, printable(yours)]]),
    ...(ours === null ? [] : [[words.ours, printable(ours)]]),
  ];
  return columns(rows).map((line) => line.trimEnd());
}

/** Shown where something on the way differs from what has to be signed. */
function journey({ journey: rows }: Explanation, words: ExplanationWords): string[] {
  const differs = rows.some(({ signed, forwarded, ours }) =>
    [signed, forwarded].some((value) => value !== null && value !== ours),
  );
  if (!differs) return [];
  const cells = rows.map(({ part, signed, seen, forwarded, ours }) => [
    part,
    shown(signed),
    shown(seen),
    shown(forwarded),
    printable(ours),
  ]);
  return columns([words.wayColumns, ...cells]).map((line) => `  ${line}`.trimEnd());
}

function baseString({ baseString: texts }: Explanation, words: ExplanationWords, painter: Painter): string[] {
  if (texts.ours === null) return [];
  if (texts.firstDifference === -1) return [painter.bold(words.baseString), `  ${printable(texts.ours)}`];
  const shownRows = texts.rows.map((row, at) => rowLines(row, at === texts.firstDifference, words, painter));
  return [
    painter.bold(words.baseStringRows),
    ...(texts.source === 'reconstructed' ? [painter.dim(`  ${words.reconstructed}`)] : []),
    ...shownRows.flat(),
  ];
}

function rowLines(row: BaseStringRow, isFirst: boolean, words: ExplanationWords, painter: Painter): string[] {
  const name = printable(row.name);
  if (row.state === 'equal') return [painter.dim(`    ${name} = ${shown(row.ours)}`)];
  const mark = isFirst ? painter.bad(`  ← ${words.firstDifference}`) : '';
  return [
    `  ${painter.warning('≠')} ${painter.bold(name)}${mark}`,
    ...columns([
      [words.yours, shown(row.yours)],
      [words.ours, shown(row.ours)],
    ]).map((line) => `      ${line}`.trimEnd()),
  ];
}

function causes(
  { problem, causes: found, alternatives }: Explanation,
  words: ExplanationWords,
  painter: Painter,
) {
  if (problem === null && found.length === 0) return [];
  if (found.length === 0) return [painter.bold(words.causes), `  ${words.noCause}`];
  const others = alternatives.map(({ title }) => `    ${title}`);
  return [
    painter.bold(words.causes),
    ...found.flatMap((cause, at) => causeLines(cause, at + 1, words, painter)),
    ...(others.length === 0 ? [] : [`  ${words.alternatives}:`, ...others]),
  ];
}

function causeLines(
  { title, advice, page }: Cause,
  number: number,
  words: ExplanationWords,
  painter: Painter,
) {
  return [
    `  ${number}. ${painter.bold(title)}`,
    `     ${printable(advice)}`,
    painter.dim(`     ${words.page}: ${/^https?:/.test(page) ? page : `/oauth/${page}`}`),
  ];
}

function shown(value: string | null): string {
  return value === null ? '—' : printable(value);
}
