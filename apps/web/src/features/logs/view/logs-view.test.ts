import { formatRfc3339Nanos, UNIX_NANOS_MAX, type UnixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REFRESH_SECONDS } from '../../../lib/refresh-seconds.ts';
import { PATTERN_ORDERS } from '../patterns/pattern-order.ts';
import { DEFAULT_VIEW, type LogsView, parseLogsView, printLogsView, RESULT_KINDS } from './logs-view.ts';

const labels = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);
const switches = fc.constantFrom(true, false, undefined);
const text = fc.string({ unit: 'binary' });
const ends = fc.oneof(
  fc.constant('now'),
  fc
    .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 1, max: 999 }), fc.constantFrom('s', 'm', 'h', 'd'))
    .map(([sign, count, unit]) => `now${sign}${count}${unit}`),
  fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms).toISOString()),
);

const rows = fc.option(
  fc.record({
    timestamp: fc.bigInt({ min: 0n, max: UNIX_NANOS_MAX }).map((nanos) => formatRfc3339Nanos(nanos as UnixNanos)),
    id: text.filter((id) => id !== ''),
  }),
  { nil: undefined },
);
const spans = fc
  .tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 1e9 }))
  .map(([startMs, lengthMs]) => ({ startMs, endMs: startMs + lengthMs }));

const views: fc.Arbitrary<LogsView> = fc.record({
  query: text,
  range: fc.record({ from: ends, to: ends }),
  direction: fc.constantFrom('backward', 'forward'),
  row: rows,
  wrap: fc.boolean(),
  columns: fc.uniqueArray(
    fc.oneof(fc.record({ name: labels }), fc.record({ name: labels, widthPx: fc.integer({ min: 40, max: 1200 }) })),
    { selector: ({ name }) => name, maxLength: 20 },
  ),
  refresh: fc.constantFrom(...REFRESH_SECONDS),
  chips: switches,
  facets: switches,
  pins: fc.option(fc.uniqueArray(labels, { maxLength: 20 }), { nil: undefined }),
  show: fc.constantFrom(...RESULT_KINDS),
  span: fc.option(spans, { nil: undefined }),
  patternOrder: fc.constantFrom(...PATTERN_ORDERS),
  around: rows,
});

describe('a view in the address', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(views, (view) => {
        const search = printLogsView(view).toString();
        expect(parseLogsView(new URLSearchParams(search))).toEqual(view);
      }),
    );
  });

  it('is empty for the default view', () => {
    expect(printLogsView(DEFAULT_VIEW).toString()).toBe('');
    expect(parseLogsView(new URLSearchParams(''))).toEqual(DEFAULT_VIEW);
  });

  it('never fails, whatever the address says', () => {
    const parameters = fc.array(
      fc.tuple(
        fc.constantFrom(
          ...['q', 'from', 'to', 'dir', 'row', 'wrap', 'cols', 'refresh', 'chips', 'facets', 'pins', 'show', 'span'],
          ...['by', 'around'],
        ),
        text,
      ),
    );
    fc.assert(
      fc.property(parameters, (entries) => {
        const view = parseLogsView(new URLSearchParams(entries));
        expect(parseLogsView(printLogsView(view))).toEqual(view);
      }),
    );
  });

  it.each([
    'row=x',
    'row=2026-11-22T10:00:00.000000000Z',
    'row=2026-11-22T10:00:00.000000000Z~',
    'row=yesterday~id',
    'dir=up',
    'refresh=7',
    'from=soon',
    'to=soon',
    'wrap=yes',
  ])('ignores %s', (search) => {
    expect(parseLogsView(new URLSearchParams(search))).toEqual(DEFAULT_VIEW);
  });

  it('reads ends in any form that a person may write', () => {
    const { range } = parseLogsView(new URLSearchParams({ from: '2h', to: '1732312345678' }));
    expect(range).toEqual({ from: 'now-2h', to: '2024-11-22T21:52:25.678Z' });
  });
});
