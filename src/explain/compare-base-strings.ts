/**
 * Two base strings side by side: taken apart at their ampersands, decoded one level, aligned by parameter. What the
 * client printed may be anything, so it is read leniently and cut off where it gets long.
 */
import type { BaseStringRow, RowState } from './explanation.ts';

/** Parameters that are compared at most. */
const MOST_ROWS = 1000;

interface Component {
  readonly name: string;
  readonly value: string;
}

interface Taken {
  readonly method: string;
  readonly address: string;
  readonly parameters: readonly Component[];
}

/** Rows in the order of ours, and which of them is the first that differs; -1 for none. */
export function compareBaseStrings(
  yours: string,
  ours: string,
): { rows: readonly BaseStringRow[]; firstDifference: number } {
  const [theirs, own] = [takeApart(yours), takeApart(ours)];
  const rows: BaseStringRow[] = [
    simpleRow('method', theirs.method, own.method),
    simpleRow('address', theirs.address, own.address),
    ...alignParameters(theirs.parameters, own.parameters),
  ];
  return { rows, firstDifference: rows.findIndex(({ state }) => state !== 'equal') };
}

/** The address that a base string names, decoded; null if it has none. */
export function addressOf(baseString: string): string | null {
  const { address } = takeApart(baseString);
  return address === '' ? null : address;
}

function takeApart(baseString: string): Taken {
  const [method = '', address = '', ...rest] = baseString.split('&', 2 + MOST_ROWS);
  const parameters = decodeOnce(rest.join('&'))
    .split('&', MOST_ROWS)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const equals = piece.indexOf('=');
      return equals === -1
        ? { name: piece, value: '' }
        : { name: piece.slice(0, equals), value: piece.slice(equals + 1) };
    });
  return { method, address: decodeOnce(address), parameters };
}

/** One level of escapes undone; what is no UTF-8 stays as it is. */
function decodeOnce(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

function simpleRow(part: 'method' | 'address', yours: string, ours: string): BaseStringRow {
  return { part, name: part, yours, ours, state: yours === ours ? 'equal' : 'different' };
}

function alignParameters(yours: readonly Component[], ours: readonly Component[]): BaseStringRow[] {
  const places = placesByName(yours);
  const rows: (BaseStringRow & { at: number })[] = [];
  let furthest = -1;
  for (const { name, value } of ours) {
    const at = takePlace(places.get(name), yours, value);
    const their = at === -1 ? null : yours[at]!.value;
    const state: RowState =
      their === null ? 'only-ours' : their !== value ? 'different' : at < furthest ? 'moved' : 'equal';
    furthest = Math.max(furthest, at);
    rows.push({ part: 'parameter', name, yours: their, ours: value, state, at });
  }
  for (const at of [...places.values()].flat().toSorted((a, b) => a - b)) {
    const { name, value } = yours[at]!;
    const before = rows.findIndex((row) => row.at > at);
    const row = { part: 'parameter', name, yours: value, ours: null, state: 'only-yours', at } as const;
    rows.splice(before === -1 ? rows.length : before, 0, row);
  }
  return rows.map(({ at: _at, ...row }) => row);
}

function placesByName(parameters: readonly Component[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  parameters.forEach(({ name }, at) => {
    const known = places.get(name);
    if (known === undefined) places.set(name, [at]);
    else known.push(at);
  });
  return places;
}

/** Takes the place with that value, else the first that is left; -1 when there is none. */
function takePlace(places: number[] | undefined, parameters: readonly Component[], value: string): number {
  if (places === undefined || places.length === 0) return -1;
  const same = places.findIndex((at) => parameters[at]!.value === value);
  return places.splice(Math.max(same, 0), 1)[0]!;
}
