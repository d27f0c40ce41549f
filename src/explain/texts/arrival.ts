/** What is said of the way a request came, by language. */
import type { Language } from '../knowledge.ts';
import { en } from './arrival.en.ts';
import { ja } from './arrival.ja.ts';

/** Sentences of one language. */
export type ArrivalTexts = typeof en;

export const ARRIVAL_TEXTS: Readonly<Record<Language, ArrivalTexts>> = { en, ja };
