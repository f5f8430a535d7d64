import { expect, it } from 'vitest';
import { lokiFrame } from './loki-frame.ts';

const QUERY = {
  matchers: [
    { name: 'app', op: '=', value: 'a' },
    { name: 'env', op: '=~', value: 'p.*' },
  ],
} as const;
const line = (index: number, labels: Record<string, string>, text: string) => ({
  timestamp: String(index),
  batchId: 'b',
  index,
  json: JSON.stringify(index === 1 ? { message: text, labels } : { message: 'not this', line: text, labels }),
});

it('puts lines of equal labels into one stream, in the order of their times', () => {
  const lines = [
    line(3, { n: '1', app: 'a' }, 'three'),
    line(1, { app: 'a', n: '1' }, 'one'),
    line(2, { app: 'a', n: '2' }, 'two'),
  ];
  expect(lokiFrame(lines, 0, QUERY, 0)).toEqual({
    streams: [
      {
        stream: { app: 'a', n: '1' },
        values: [
          ['1', 'one'],
          ['3', 'three'],
        ],
      },
      { stream: { app: 'a', n: '2' }, values: [['2', 'two']] },
    ],
  });
});

it('has an entry for each line that was dropped, as far as there is room', () => {
  const entry = { labels: { app: 'a' }, timestamp: '1700000000000000000' };
  expect(lokiFrame([], 2, QUERY, 1_700_000_000_000)).toEqual({ streams: [], dropped_entries: [entry, entry] });
  expect(lokiFrame([], 5000, QUERY, 0).dropped_entries).toHaveLength(1000);
});
