import { describe, expect, it } from 'vitest';
import { summarize } from './summary.ts';

const gate = (name: string, passed: boolean) => ({ name, passed, seconds: 1, output: '' });

describe('summarize', () => {
  it('counts gates as tests and ends with the line of the contract', () => {
    const tests = [
      { passed: 5, failed: [], skipped: [] },
      { passed: 2, failed: [], skipped: [] },
    ];
    expect(summarize([gate('types', true), gate('lint', true)], tests, [])).toEqual({
      text: '9 passed, 0 failed, 0 skipped',
      hasFailed: false,
    });
  });

  it('says why tests were skipped, and last what failed and how', () => {
    const noRedis = 'redis-server is missing: installing it takes root';
    const tests = [
      {
        passed: 1,
        failed: [
          { name: 'd.test.ts > e > f', error: '\u001b[31mexpected 1 to be 2\u001b[39m\n\n- Expected' },
          { name: 'g.test.ts', error: `Cannot find ${'x'.repeat(1000)}` },
        ],
        skipped: [
          { name: 'a > b', reason: noRedis },
          { name: 'c', reason: 'too slow' },
        ],
      },
    ];
    const summary = summarize([gate('types', false)], tests, [
      { name: 'tests against a Redis server', reason: noRedis },
    ]);
    expect(summary.text.split('\n')).toEqual([
      `skipped (${noRedis}): 2: tests against a Redis server; a > b`,
      'skipped (too slow): 1: c',
      'failed: types',
      'failed: d.test.ts > e > f: expected 1 to be 2',
      `failed: g.test.ts: Cannot find ${'x'.repeat(300 - 'Cannot find '.length)}…`,
      '1 passed, 3 failed, 3 skipped',
    ]);
    expect(summary.hasFailed).toBe(true);
  });

  it('names the first of many that were skipped for one reason', () => {
    const skipped = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, reason: 'no engine' }));
    expect(summarize([], [{ passed: 1, failed: [], skipped }], []).text).toBe(
      'skipped (no engine): 5: a; b; c; …\n1 passed, 0 failed, 5 skipped',
    );
  });

  it('counts a gate that could not be run as skipped', () => {
    const audit = { ...gate('audit', false), skipped: 'no network' };
    expect(summarize([gate('types', true), audit], [], [])).toEqual({
      text: 'skipped (no network): 1: audit\n1 passed, 0 failed, 1 skipped',
      hasFailed: false,
    });
  });

  it.each([
    [[gate('types', false)], []],
    [[gate('types', true)], [{ name: 'a', error: 'b' }]],
  ])('fails on a failed gate or test', (gates, failed) => {
    expect(summarize(gates, [{ passed: 1, failed, skipped: [] }], []).hasFailed).toBe(true);
  });
});
