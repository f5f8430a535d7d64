import { expect, it } from 'vitest';
import { stepWords } from './step-words.ts';

it.each([
  ['queue:logs', 'Queue of logs'],
  ['dead-letters:traces', 'Dead letters of traces'],
  ['log-metrics', 'Totals of metrics made of logs'],
  ['table:metric_series', 'Table metric_series'],
  ['replaced-files', 'Files of the disk that they lay in'],
  ['something newer', 'something newer'],
])('calls %s “%s”', (what, words) => {
  expect(stepWords(what)).toBe(words);
});
