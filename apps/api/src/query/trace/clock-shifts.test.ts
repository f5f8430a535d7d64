import type { StoredSpan } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followsFrom, span, viewOf } from './trace-under-test.ts';

/** By how many ms each span is moved. */
function shiftsOf(spans: readonly StoredSpan[]): Record<string, number> {
  return Object.fromEntries(viewOf(spans).spans.map(({ spanId, clockSkewMs }) => [spanId, clockSkewMs ?? 0]));
}

const FRONT = { service: 'front', host: 'one', kind: 'client' } as const;
const BACK = { service: 'back', host: 'two', kind: 'server' } as const;
const ROOT = span('r', '', 100, 100, FRONT);

describe('a span of another machine', () => {
  it.each<readonly [string, readonly StoredSpan[], Readonly<Record<string, number>>]>([
    ['inside of its parent stays', [ROOT, span('a', 'r', 110, 50, BACK)], { a: 0 }],
    ['before its parent is moved to the middle', [ROOT, span('a', 'r', 20, 60, BACK)], { a: 100 }],
    ['longer than its parent is moved to its start', [ROOT, span('a', 'r', 20, 300, BACK)], { a: 80 }],
    ['after what called it is moved to the middle', [ROOT, span('a', 'r', 190, 40, BACK)], { a: -60 }],
    ['longer than what called it may go on', [ROOT, span('a', 'r', 190, 140, BACK)], { a: 0 }],
    [
      'after its parent that did not call it stays',
      [ROOT, span('a', 'r', 300, 40, { ...BACK, kind: 'internal' })],
      { a: 0 },
    ],
    [
      'that is not waited for only does not begin before',
      [
        ROOT,
        span('a', 'r', 90, 40, { ...BACK, links: [followsFrom('r')] }),
        span('b', 'r', 300, 40, { ...BACK, links: [followsFrom('r')] }),
      ],
      { a: 10, b: 0 },
    ],
    [
      'takes along what happened there, and not what happened elsewhere',
      [
        ROOT,
        span('a', 'r', 0, 60, BACK),
        span('b', 'a', 10, 40, { ...BACK, kind: 'client' }),
        span('c', 'b', 140, 10, { service: 'third', host: 'three', kind: 'server' }),
      ],
      { a: 120, b: 120, c: 0 },
    ],
  ])('%s', (_, spans, shifts) => {
    expect(shiftsOf(spans)).toMatchObject(shifts);
  });
});

it('is known by its host, and by its service where one host is not said', () => {
  const early = (more: Partial<StoredSpan>) => shiftsOf([ROOT, span('a', 'r', 20, 60, more)]);
  expect(early({ service: 'back', host: 'one' })).toEqual({ r: 0, a: 0 });
  expect(early({ service: 'front', host: 'two' })).toEqual({ r: 0, a: 100 });
  expect(early({ service: 'back' })).toEqual({ r: 0, a: 100 });
  expect(early({ service: 'front' })).toEqual({ r: 0, a: 0 });
});

it('what is moved is shown where it is moved to, and says where it was', () => {
  const events = [{ timestamp: span('', '', 30, 0).startTime, name: 'e', attributes: {}, droppedAttributesCount: 0 }];
  const view = viewOf([ROOT, span('a', 'r', 20, 60, { ...BACK, events }), span('b', 'r', 150, 10, FRONT)]);
  expect(view.startTime).toBe('2023-11-14T22:13:20.100000000Z');
  expect(view.durationMs).toBe(100);
  expect(view.spans[1]).toMatchObject({
    spanId: 'a',
    startTime: '2023-11-14T22:13:20.120000000Z',
    originalStartTime: '2023-11-14T22:13:20.020000000Z',
    clockSkewMs: 100,
    events: [{ timestamp: '2023-11-14T22:13:20.130000000Z' }],
  });
  expect(view.warnings).toEqual([expect.stringMatching(/clock skew.*one span was moved.*100 ms/)]);
});

it('siblings stand in the order in which they are shown', () => {
  const spans = [ROOT, span('a', 'r', 20, 20, BACK), span('b', 'r', 110, 10, FRONT)];
  expect(viewOf(spans).spans.map(({ spanId }) => spanId)).toEqual(['r', 'b', 'a']);
});

it('nothing that another machine timed is shown before its parent', () => {
  const anySpan = fc.record({ parent: fc.nat(20), start: fc.nat(500), duration: fc.nat(100), machine: fc.nat(3) });
  fc.assert(
    fc.property(fc.array(anySpan, { minLength: 1, maxLength: 20 }), (records) => {
      const spans = records.map(({ parent, start, duration, machine }, index) =>
        span(`s${index}`, index === 0 ? '' : `s${parent % index}`, start, duration, { service: `on ${machine}` }),
      );
      const shown = new Map(viewOf(spans).spans.map((one) => [one.spanId, one]));
      for (const one of shown.values()) {
        const above = shown.get(one.parentSpanId ?? '');
        if (above !== undefined && above.service !== one.service) {
          expect(one.startTime >= above.startTime).toBe(true);
        }
      }
    }),
  );
});
