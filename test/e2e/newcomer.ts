/**
 * Somebody who sees the console for the first time: goes by what the labels say, and counts what it costs. A click is
 * a press of a link, a button, or a choice; a field is a text typed; a page is one that was looked at.
 */
import type { Locator, Page } from 'playwright-core';
import { leave } from './gestures.ts';

/** What a task cost. */
export interface Effort {
  clicks: number;
  fields: number;
  pages: number;
}

export class Newcomer {
  readonly page: Page;
  readonly effort: Effort = { clicks: 0, fields: 0, pages: 1 };

  /** @param page where the task begins: the first page after login */
  constructor(page: Page) {
    this.page = page;
  }

  /** Follows a link by its words. */
  follow(name: string | RegExp): Promise<void> {
    return this.#leave(this.page.getByRole('link', { name, exact: typeof name === 'string' }).first());
  }

  /** Presses a button by its words. */
  press(name: string): Promise<void> {
    return this.#leave(this.page.getByRole('main').getByRole('button', { name, exact: true }));
  }

  async choose(label: string): Promise<void> {
    this.effort.clicks += 1;
    await this.page.getByLabel(label, { exact: true }).check();
  }

  async type(label: string, text: string): Promise<void> {
    this.effort.fields += 1;
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }

  async #leave(target: Locator): Promise<void> {
    this.effort.clicks += 1;
    this.effort.pages += 1;
    await leave(this.page, target);
  }
}
