import { EVENT_SEVERITIES, EVENT_SOURCES } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { REFRESH_SECONDS } from '../../lib/refresh-seconds.ts';
import {
  askedFilters,
  EVENTS_RANGE,
  type EventsView,
  isFiltered,
  NO_FILTERS,
  parseEventsView,
  printEventsView,
} from './events-view.ts';

const text = fc.string({ unit: 'binary' }).map((given) => given.trim());
const some = fc.option(
  text.filter((given) => given !== ''),
  { nil: undefined },
);
const views: fc.Arbitrary<EventsView> = fc.record({
  range: fc.constantFrom(EVENTS_RANGE, { from: 'now-1h', to: 'now' }, { from: 'now-2d', to: 'now-1d' }),
  refresh: fc.constantFrom(...REFRESH_SECONDS),
  severities: fc.subarray([...EVENT_SEVERITIES]),
  types: fc.uniqueArray(fc.stringMatching(/^[a-z_.]{1,20}$/), { maxLength: 4 }),
  actor: some,
  ip: some,
  source: fc.option(fc.constantFrom(...EVENT_SOURCES), { nil: undefined }),
  text: some,
});

it('is read back as it was written', () => {
  fc.assert(
    fc.property(views, (view) => {
      expect(parseEventsView(new URLSearchParams(printEventsView(view).toString()))).toEqual(view);
    }),
  );
});

it('is empty for the default view, and ignores nonsense', () => {
  const plain: EventsView = { ...NO_FILTERS, range: EVENTS_RANGE, refresh: 0 };
  expect(printEventsView(plain).toString()).toBe('');
  expect(parseEventsView(new URLSearchParams('severity=worst&source=me&refresh=7&actor=&q=+'))).toEqual(plain);
  expect(isFiltered(plain)).toBe(false);
  expect(askedFilters(plain)).toEqual({});
});
