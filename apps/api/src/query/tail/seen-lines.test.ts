import fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';
import { SeenLines } from './seen-lines.ts';

const line = (index: number) => ({ timestamp: '1', index, json: '{}' });
const indexes = (lines: readonly { readonly index: number }[]) => lines.map(({ index }) => index);

it('gives each line of a batch once, however often and in what parts the batch comes', () => {
  const part = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.uniqueArray(fc.nat(30)));
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const seen = new SeenLines();
      const had = new Set<string>();
      for (const [batchId, wanted] of parts) {
        const expected = wanted.filter((index) => !had.has(`${batchId}-${index}`));
        expect(indexes(seen.takeNew({ batchId, lines: wanted.map(line) }))).toEqual(expected);
        for (const index of expected) {
          had.add(`${batchId}-${index}`);
        }
      }
    }),
  );
});

it('remembers tens of thousands, not everything', () => {
  const seen = new SeenLines();
  const many = Array.from({ length: 20_000 }, (_, index) => line(index));
  for (const batchId of ['0', '1', '2', '3']) {
    seen.takeNew({ batchId, lines: many });
  }
  expect(seen.takeNew({ batchId: '1', lines: many })).toEqual([]);
  for (const batchId of ['4', '5', '6', '7', '8', '9']) {
    seen.takeNew({ batchId, lines: many });
  }
  expect(seen.takeNew({ batchId: '0', lines: many })).toHaveLength(20_000);
});

it('batches of which nothing was caught take no room', () => {
  const seen = new SeenLines();
  const entries = vi.spyOn(Map.prototype, 'set');
  onTestFinished(() => entries.mockRestore());
  seen.takeNew({ batchId: 'a', lines: [] });
  seen.takeNew({ batchId: 'a', lines: [line(0)] });
  seen.takeNew({ batchId: 'a', lines: [line(0)] });
  expect(entries).toHaveBeenCalledTimes(1);
});
