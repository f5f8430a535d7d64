import { describe, expect, it } from 'vitest';
import { summarize } from './summary.ts';

const gate = (name: string, passed: boolean) => ({ name, passed, seconds: 1, output: '' });

describe('summarize', () => {
  it('counts gates as tests and ends with the line of the contract', () => {
    const tests = [
      { passed: 5, failed: 0, skipped: [] },
      { passed: 2, failed: 0, skipped: [] },
    ];
    expect(summarize([gate('types', true), gate('lint', true)], tests, [])).toEqual({
      text: '9 passed, 0 failed, 0 skipped',
      hasFailed: false,
    });
  });

  it('names failed gates and says why tests were skipped', () => {
    const noRedis = 'redis-server is missing: installing it takes root';
    const tests = [
      {
        passed: 1,
        failed: 2,
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
      'failed: types',
      `skipped (${noRedis}): tests against a Redis server; a > b`,
      'skipped (too slow): c',
      '1 passed, 3 failed, 3 skipped',
    ]);
    expect(summary.hasFailed).toBe(true);
  });

  it('counts a gate that could not be run as skipped', () => {
    const audit = { ...gate('audit', false), skipped: 'no network' };
    expect(summarize([gate('types', true), audit], [], [])).toEqual({
      text: 'skipped (no network): audit\n1 passed, 0 failed, 1 skipped',
      hasFailed: false,
    });
  });

  it.each([
    [[gate('types', false)], 0],
    [[gate('types', true)], 1],
  ])('fails on a failed gate or test', (gates, failed) => {
    expect(summarize(gates, [{ passed: 1, failed, skipped: [] }], []).hasFailed).toBe(true);
  });
});
