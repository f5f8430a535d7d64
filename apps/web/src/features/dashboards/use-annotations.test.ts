import { expect, it } from 'vitest';
import { marksOf } from './use-annotations.ts';

const ANNOTATION = { name: 'Deploy', language: 'promql', query: 'x', color: 'red', isEnabled: true } as const;

it('marks where a series becomes other than 0, not where it stays so', () => {
  const frame = {
    times: [0, 1000, 2000, 3000, 4000, 5000],
    series: [{ label: 'a', labels: {}, values: [0, 1, 2, null, 3, 0] }],
    buckets: [],
  };
  expect(marksOf(ANNOTATION, { ref: '', frame, logs: [], notes: [] })).toEqual([
    { ms: 1000, text: 'Deploy: a', color: 'red' },
    { ms: 4000, text: 'Deploy: a', color: 'red' },
  ]);
});
