import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PROBLEMS } from '../../oauth/index.ts';
import {
  CLIENT_LINES,
  CLIENTS,
  EVIDENT_MISTAKES,
  MISTAKE_TEXTS,
  PROBLEM_TEXTS,
  SIGNING_MISTAKES,
} from '../index.ts';
import { ARRIVAL_TEXTS } from './arrival.ts';
import { en } from './words.en.ts';
import { ja } from './words.ja.ts';

const codes = [...SIGNING_MISTAKES, ...EVIDENT_MISTAKES];
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

/** Every sentence with its name, whatever group it stands in. */
function sentences(texts: object): [string, string][] {
  return Object.entries(texts).flatMap(([key, text]): [string, string][] =>
    typeof text === 'string' ? [[key, text]] : sentences(text),
  );
}

describe('the texts of explanations', () => {
  it('are about every mistake, and only about mistakes, in both languages', () => {
    for (const texts of Object.values(MISTAKE_TEXTS))
      assert.deepEqual(Object.keys(texts).sort(), codes.toSorted());
    for (const texts of Object.values(PROBLEM_TEXTS))
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(PROBLEMS).sort());
  });

  it('know at least forty mistakes by their signature alone', () => assert.ok(SIGNING_MISTAKES.length >= 40));

  it('name no mistake twice, and give each a title of its own', () => {
    assert.equal(new Set(codes).size, codes.length);
    for (const texts of Object.values(MISTAKE_TEXTS)) {
      const titles = Object.values(texts).map(({ title }) => title);
      assert.equal(new Set(titles).size, titles.length);
    }
  });

  it('have the same placeholders in both languages, and none where nothing is put in', () => {
    for (const key of Object.keys(en) as (keyof typeof en)[])
      assert.deepEqual(placeholders(ja[key]), placeholders(en[key]), key);
    const { en: own, ja: foreign } = ARRIVAL_TEXTS;
    for (const [key, sentence] of sentences(own))
      assert.deepEqual(placeholders(new Map(sentences(foreign)).get(key) ?? ''), placeholders(sentence), key);
    for (const texts of Object.values(MISTAKE_TEXTS)) assert.doesNotMatch(JSON.stringify(texts), /\{\w+\}/);
  });

  it('are Japanese where they say so', () => {
    for (const { title, advice } of Object.values(MISTAKE_TEXTS.ja))
      assert.match(title + advice, /[ぁ-んァ-ヶ一-龠]/);
    for (const { meaning } of Object.values(PROBLEM_TEXTS.ja)) assert.match(meaning, /[ぁ-んァ-ヶ一-龠]/);
  });

  it('show one line of code at a time, of known clients and for known mistakes', () => {
    for (const [code, lines] of Object.entries(CLIENT_LINES)) {
      assert.ok(codes.includes(code as (typeof codes)[number]), code);
      for (const [client, line] of Object.entries(lines)) {
        assert.ok(client in CLIENTS, client);
        assert.doesNotMatch(line, /\n/);
      }
    }
  });
});
