import { deepEqual, equal, match } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../test/support/administration-pages.ts';
import { aConsumer, anEvent } from '../../../test/support/records.ts';

const LIST = '/oauth/admin/consumers';

/** What of a list can be seen. */
interface Shown {
  /** Numbers of the consumers. */
  readonly numbers: readonly number[];
  readonly range: string;
  readonly previous: string | null;
  readonly next: string | null;
}

describe('a long list', () => {
  let world: AdministrationPagesWorld;
  const add = async (from: number, to: number) => {
    for (let number = from; number <= to; number += 1) {
      const name = `App ${String(number).padStart(4, '0')}`;
      await world.context.storage.consumers.add(aConsumer({ key: `app-${number}`, name }), anEvent());
    }
  };
  const show = async (address: string): Promise<Shown> => {
    const answer = await world.root.get(address);
    equal(answer.status, 200, address);
    const page = await answer.text();
    const link = (rel: string) =>
      new RegExp(`rel="${rel}" href="([^"]+)"`, 'u').exec(page)?.[1]?.replaceAll('&amp;', '&') ?? null;
    const keys = [...page.matchAll(/name="selected" value="app-(\d+)"/gu)].map(([, number]) =>
      Number(number),
    );
    const range = /<nav class="pager".*?<span>([^<]*\d[^<]*)<\/span>/u.exec(page)?.[1] ?? '';
    return { numbers: keys, range, previous: link('prev'), next: link('next') };
  };
  const places = ({ numbers, range }: Shown) => [numbers[0], numbers.at(-1), range];
  beforeEach(async () => {
    world = await openAdministration();
  });

  it('leads from page to page and back, with its search and order', async () => {
    await add(1, 60);
    const first = await show(`${LIST}?q=app&sort=name&order=down`);
    deepEqual([...places(first), first.previous], [60, 36, '1–25 of 60', null]);
    const second = await show(first.next!);
    deepEqual(places(second), [35, 11, '26–50 of 60']);
    const last = await show(second.next!);
    deepEqual([...places(last), last.next], [10, 1, '51–60 of 60', null]);
    const back = await show(last.previous!);
    deepEqual(places(back), places(second));
    deepEqual(places(await show(back.previous!)), places(first));
  });

  it('leaves out nothing when what a page showed is removed', async () => {
    await add(1, 60);
    const first = await show(`${LIST}?q=app`);
    for (const number of first.numbers)
      await world.context.storage.consumers.remove(`app-${number}`, anEvent());
    const second = await show(first.next!);
    deepEqual(places(second), [26, 50, '10–34 of 35']);
    deepEqual(places(await show(second.next!)), [51, 60, '26–35 of 35']);
  });

  it('shows the first page when nothing is left where a page began', async () => {
    await add(1, 30);
    const first = await show(`${LIST}?q=app`);
    for (let number = 26; number <= 30; number += 1)
      await world.context.storage.consumers.remove(`app-${number}`, anEvent());
    deepEqual(places(await show(first.next!)), [1, 25, '']);
  });

  it('goes on beyond what is counted', async () => {
    await add(1, 1060);
    let page = await show(`${LIST}?q=app`);
    equal(page.range, '1–25 of more than 1,000');
    const ranges: string[] = [];
    while (page.next !== null) {
      page = await show(page.next);
      ranges.push(page.range);
    }
    deepEqual(ranges.slice(-4), [
      '976–1,000 of more than 1,000',
      '1,001–1,025 of more than 1,025',
      '1,026–1,050 of more than 1,050',
      '1,051–1,060 of 1,060',
    ]);
    deepEqual(page.numbers.at(-1), 1060);
  });

  it('is reached by the number of a page near its beginning', async () => {
    await add(1, 130);
    deepEqual(places(await show(`${LIST}?q=app&page=2`)), [26, 50, '26–50 of 130']);
    deepEqual(places(await show(`${LIST}?q=app&page=400`)), [76, 100, '76–100 of 130']);
  });

  it('takes no place that it did not give, nor one of another list', async () => {
    await add(1, 60);
    const { next } = await show(`${LIST}?q=app`);
    const from = new URL(next!, 'http://localhost').searchParams.get('from')!;
    match(from, /^[\w-]+\.[0-9a-f]{32}$/u);
    const forged = Buffer.from(JSON.stringify([25, 'x\u0000', 'y'])).toString('base64url');
    for (const other of [
      `q=app&from=${forged}.${from.split('.')[1]}`,
      `q=app&from=${forged}`,
      'q=app&from=',
      `q=APP&from=${from}`,
      `q=app&order=down&from=${from}`,
    ])
      match((await show(`${LIST}?${other}`)).range, /^1–25 of 60$/u, other);
  });

  it('begins anew with another search or order, and is downloaded whole', async () => {
    await add(1, 60);
    const { next } = await show(`${LIST}?q=app`);
    const page = await (await world.root.get(next!)).text();
    for (const [, link] of page.matchAll(/class="sort" href="([^"]+)"|class="download" href="([^"]+)"/gu))
      equal(link?.includes('from='), link === undefined ? undefined : false);
    equal(/<form class="search".*?<\/form>/su.exec(page)?.[0].includes('from'), false);
  });
});
