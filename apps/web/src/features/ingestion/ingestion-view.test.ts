import { SIGNALS } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { REFRESH_SECONDS } from '../../lib/refresh-seconds.ts';
import { type IngestionView, parseIngestionView, printIngestionView } from './ingestion-view.ts';

const ends = fc.oneof(
  fc.constant('now'),
  fc.integer({ min: 1, max: 999 }).map((count) => `now-${count}m`),
  fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms).toISOString()),
);
const views: fc.Arbitrary<IngestionView> = fc.record({
  range: fc.record({ from: ends, to: ends }),
  refresh: fc.constantFrom(...REFRESH_SECONDS),
  signal: fc.constantFrom(undefined, ...SIGNALS),
  keyId: fc.option(fc.string({ unit: 'binary', minLength: 1 }), { nil: undefined }),
});

it('a view is read back as it was written', () => {
  fc.assert(
    fc.property(views, (view) => {
      expect(parseIngestionView(new URLSearchParams(printIngestionView(view).toString()))).toEqual(view);
    }),
  );
});

it.each(['signal=smoke', 'key=', 'refresh=7', 'from=soon'])('ignores %s', (search) => {
  expect(printIngestionView(parseIngestionView(new URLSearchParams(search))).toString()).toBe('');
});
