import type { StoredRuleGroup } from '@aegisguard/accounts';
import { expect, it } from 'vitest';
import { rulesView } from './rules-view.ts';

const AT = new Date('2026-11-26T12:00:00Z');
const GROUP: StoredRuleGroup = {
  id: 'id',
  name: 'web',
  intervalSeconds: 30,
  limit: 5,
  enabled: true,
  rules: [
    { record: 'one', expr: '1', labels: { team: 'a' } },
    { record: 'two', expr: '2', labels: {} },
  ],
  createdAt: AT,
  updatedAt: AT,
  outcome: {
    slotMs: AT.getTime(),
    durationMs: 1500,
    rules: [
      { health: 'ok', error: null, durationMs: 500, samples: 1 },
      { health: 'err', error: 'too many', durationMs: 1000, samples: 0 },
    ],
  },
  missed: 0,
};

it('groups have Prometheus’s shape, before their first evaluation and after it; those that are off are not there', () => {
  const [evaluated, fresh, ...others] = rulesView([GROUP, { ...GROUP, outcome: null }, { ...GROUP, enabled: false }]);
  const lastEvaluation = '2026-11-26T12:00:00.000Z';
  const same = { lastEvaluation, type: 'recording' };
  expect(evaluated).toEqual({
    name: 'web',
    file: '',
    interval: 30,
    limit: 5,
    rules: [
      { name: 'one', query: '1', labels: { team: 'a' }, health: 'ok', evaluationTime: 0.5, ...same },
      { name: 'two', query: '2', health: 'err', lastError: 'too many', evaluationTime: 1, ...same },
    ],
    evaluationTime: 1.5,
    lastEvaluation,
  });
  expect(fresh).toMatchObject({ lastEvaluation: '0001-01-01T00:00:00Z', rules: [{ health: 'unknown' }, {}] });
  expect(others).toEqual([]);
});
