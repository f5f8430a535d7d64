import fc from 'fast-check';
import { expect, it } from 'vitest';
import { REFRESH_SECONDS } from '../../../lib/refresh-seconds.ts';
import {
  DEFAULT_TRACES_VIEW,
  FIELDS_MAX,
  parseTracesView,
  printTracesView,
  TRACE_CHARTS,
  TRACE_SORTS,
  type TracesView,
} from './traces-view.ts';

const switches = fc.constantFrom(true, false, undefined);
const ends = fc.oneof(
  fc.constantFrom('now', 'now-15m', 'now-7d'),
  fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms).toISOString()),
);
const views: fc.Arbitrary<TracesView> = fc.record({
  query: fc.string({ unit: 'binary' }),
  range: fc.record({ from: ends, to: ends }),
  sort: fc.constantFrom(...TRACE_SORTS),
  chart: fc.constantFrom(...TRACE_CHARTS),
  refresh: fc.constantFrom(...REFRESH_SECONDS),
  form: switches,
  facets: switches,
  fields: fc.option(fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1 }), { maxLength: FIELDS_MAX }), {
    nil: undefined,
  }),
});

it('a view in the address is read back as it was written', () => {
  fc.assert(
    fc.property(views, (view) => {
      expect(parseTracesView(new URLSearchParams(printTracesView(view).toString()))).toEqual(view);
    }),
  );
});

it('the default view needs no parameter, and nonsense is the default view', () => {
  expect(printTracesView(DEFAULT_TRACES_VIEW).toString()).toBe('');
  const nonsense = new URLSearchParams('from=never&to=&sort=best&chart=pie&refresh=7&form=yes&facets=2');
  expect(parseTracesView(nonsense)).toEqual(DEFAULT_TRACES_VIEW);
});
