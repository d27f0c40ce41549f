import { equal, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSettings } from '../settings/index.ts';
import { placeOfNonces } from './place-of-nonces.ts';

const POSTGRES = 'postgres://countersign@127.0.0.1/countersign';

function placeWith(flags: Readonly<Record<string, string>>) {
  return placeOfNonces(readSettings({ flags, environment: {}, readFile: () => '' }).settings);
}

describe('the place of used nonces', () => {
  it('is the memory of one server alone, and the database where there may be several', () => {
    equal(placeWith({}), 'memory');
    equal(placeWith({ nonces: 'database' }), 'database');
    equal(placeWith({ database: POSTGRES }), 'database');
  });

  it('is never the memory of one of several: the others would accept the same request again', () => {
    throws(() => placeWith({ database: POSTGRES, nonces: 'memory' }), /use --nonces database/);
  });
});
