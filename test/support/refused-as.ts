/** Assertions on refusals: which problem, which parameters it names, what it advises. */
import assert from 'node:assert/strict';
import { Problem, type ProblemCode } from '../../src/oauth/index.ts';

/** For `assert.rejects` and `assert.throws`: the error is this Problem, and names this parameter when one is given. */
export function refusedAs(code: ProblemCode, parameter?: string, advice?: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof Problem, `expected a Problem, not ${String(error)}`);
    assert.equal(error.code, code, error.particulars.advice ?? code);
    const { absent = [], rejected = [] } = error.particulars;
    if (parameter !== undefined)
      assert.ok([...absent, ...rejected].includes(parameter), `should name ${parameter}`);
    if (advice !== undefined) assert.match(error.particulars.advice ?? '', advice);
    return true;
  };
}
