import { expect, it } from 'vitest';
import { annotationsAt } from './annotations-at.ts';

it('tells the nearest annotations, and none that is far away', () => {
  const annotations = [5, 100, 103, 98, 110, 99].map((ms) => ({ ms, text: `at ${ms}`, color: '' }));
  expect(annotationsAt(annotations, 100, 5).map(({ ms }) => ms)).toEqual([100, 99, 98]);
  expect(annotationsAt(annotations, 50, 5)).toEqual([]);
});
