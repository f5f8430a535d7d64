import type { OrgId, SpanComparison, SpanComparisonQuery, SpanCondition, SpanRecord } from '@aegisguard/model';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { referenceComparison } from './span-comparison-reference.ts';
import { holdsOfSpan } from './span-condition-reference.ts';
import { sampleTraces, spanCondition } from './span-query-samples.ts';
import { insertSpans, spanBatch } from './span-under-test.ts';
import { at, newOrg, patient, type StorageUnderTest, shareOf } from './storage-under-test.ts';

const TRACES = 40;
const SECOND = 1_000_000_000n;
const EVERYTHING: SpanCondition = { kind: 'everything' };
const FAILED: SpanCondition = {
  kind: 'compare',
  field: { kind: 'intrinsic', name: 'status' },
  op: '=',
  value: 'error',
};
const COMPARISON = {
  condition: EVERYTHING,
  selected: { condition: FAILED },
  valuesMax: 2_000,
  topN: 10,
  toldMax: 100_000,
} as const;

type Records = readonly SpanRecord[];

/** A selection of spans beside the others: as counted span by span. */
export function spanComparisonCases(store: StorageUnderTest): void {
  const spans = () => store.driver().spans;

  /** What is told is right; undefined where nothing is. */
  async function compared(
    org: OrgId,
    asked: SpanComparisonQuery,
    stored: Records,
  ): Promise<SpanComparison | undefined> {
    const answer = await spans().compareSpans(org, asked, patient());
    if (answer !== undefined) {
      const meant = stored.filter((span) => isIn(asked, span) && holdsOfSpan(asked.condition, span, stored));
      const isSelected = (span: SpanRecord) =>
        isIn(asked.selected, span) && holdsOfSpan(asked.selected.condition, span, stored);
      const expected = referenceComparison(asked, {
        baseline: meant.filter((span) => !isSelected(span)),
        selection: meant.filter(isSelected),
      });
      expect(answer.sides.baseline).toEqual(expected.baseline);
      expect(answer.sides.selection).toEqual(expected.selection);
    }
    return answer;
  }

  // So few that came before are said one by one, so many are not.
  describe.each([
    ['once', 0],
    ['once, but for some', 0.3],
    ['several times', 1],
  ])('comparisons of spans that came %s', (_, repeatedShare) => {
    let org: OrgId;
    let stored: Records;

    beforeAll(async () => {
      org = newOrg();
      const given = sampleTraces(TRACES, 3);
      const earlier = given.slice(0, given.length * repeatedShare).map(otherVersion);
      // The later batch came later, whichever is stored first.
      const batches = [spanBatch(earlier), spanBatch(given)];
      await insertSpans(store, org, ...batches.toReversed());
      // Of somebody else, of the same time and ids: must not be seen.
      await insertSpans(store, newOrg(), spanBatch(given.slice(0, 50)));
      await store.settle?.();
      stored = batches.flatMap(({ records }) => records);
    });

    const time = fc.constantFrom(undefined, at(-50), at(100, 7));
    const comparison: fc.Arbitrary<SpanComparisonQuery> = fc
      .record({
        condition: fc.oneof({ arbitrary: fc.constant(EVERYTHING), weight: 2 }, spanCondition),
        selected: fc.oneof({ arbitrary: fc.constant(FAILED), weight: 1 }, { arbitrary: spanCondition, weight: 2 }),
        from: time,
        until: time,
        start: fc.constantFrom(at(-400), at(-200, 5)),
        end: fc.constantFrom(at(400), at(199, 9)),
        step: fc.constantFrom(60n * SECOND, 7_000_000_001n, 10n ** 30n),
        valuesMax: fc.constantFrom(1, 3, 2_000),
        topN: fc.constantFrom(1, 2, 10, 100_000),
        toldMax: fc.constant(COMPARISON.toldMax),
      })
      .map(({ selected, from, until, ...asked }) => ({
        ...asked,
        selected: {
          condition: selected,
          ...(from === undefined ? {} : { start: from }),
          ...(until === undefined ? {} : { end: until }),
        },
      }));

    it('are told exactly, or not at all', async () => {
      await fc.assert(
        fc.asyncProperty(comparison, async (asked) => {
          await compared(org, asked, lastVersions(stored, asked));
        }),
        { numRuns: shareOf(store, 30) },
      );
      for (const condition of [EVERYTHING, FAILED]) {
        const asked = { ...COMPARISON, condition, start: at(-400), end: at(400), step: 60n * SECOND };
        expect(await compared(org, asked, lastVersions(stored, asked))).toBeDefined();
      }
    });
  });

  it('compare texts, numbers and arrays under one name, be they few or many', async () => {
    const own = newOrg();
    const values = ['a', '1', 1, -0, true, 'true', ['a', 'b'], [], [[1], 'x'], null, '\ud800', 'id-123456', { in: 7 }];
    const batch = spanBatch(
      values.flatMap((value, n) => [
        { startTime: at(n), attributes: { v: value, 'v.in': n, n: `id-${n}-12345` }, resource: { v: 'r' } },
        { startTime: at(n), attributes: { v: value }, status: 'error' as const, resource: { 'service.name': 's' } },
      ]),
    );
    await insertSpans(store, own, batch);
    for (const step of [SECOND, 100n * SECOND]) {
      for (const valuesMax of [5, 100]) {
        const asked = { ...COMPARISON, start: at(0), end: at(100), step, valuesMax };
        expect(await compared(own, asked, batch.records)).toBeDefined();
      }
    }
  });

  it('tell how many arrays there are by their first members', async () => {
    const own = newOrg();
    const scalars = ['text-12345', '"\\],[{', 'ä, "ö"', '\ud800-12345', 1e21, -1.5e-7, 0, true, false, 'null-12345'];
    const batch = spanBatch(
      scalars.flatMap((first, n) =>
        [[n, `id-${n}-12345`], [[n]], []].map((others, k) => ({
          startTime: at(n * 3 + k),
          attributes: { v: [first, ...others] },
          resource: { v: [`[{"${n}"`, ...others], w: `["${n}-12345",${k}]` },
        })),
      ),
    );
    await insertSpans(store, own, batch);
    const asked = { ...COMPARISON, start: at(0), end: at(100) };
    for (const valuesMax of [2, 10, 2_000]) {
      for (const step of [SECOND, 100n * SECOND]) {
        expect(await compared(own, { ...asked, step, valuesMax }, batch.records)).toBeDefined();
      }
    }
  });

  it('ask for names that are too long for one statement in several', async () => {
    const own = newOrg();
    const names = Array.from({ length: 1_200 }, (_, n) => `key${n}${'x'.repeat(250)}`);
    const batch = spanBatch(
      [0, 1].map((n) => ({ startTime: at(n), attributes: Object.fromEntries(names.map((name) => [name, `id-${n}`])) })),
    );
    await insertSpans(store, own, batch);
    const asked = { ...COMPARISON, start: at(0), end: at(100), step: SECOND };
    expect(await compared(own, asked, batch.records)).toBeDefined();
  });

  it('refuse to tell more values than are asked for', async () => {
    const own = newOrg();
    const batch = spanBatch(Array.from({ length: 9 }, (_, n) => ({ startTime: at(n), attributes: { v: n } })));
    await insertSpans(store, own, batch);
    const asked = { ...COMPARISON, start: at(0), end: at(100), step: SECOND };
    // Of the attribute, and of name, kind, status and service.
    expect(await compared(own, { ...asked, toldMax: 13 }, batch.records)).toBeDefined();
    await expect(compared(own, { ...asked, toldMax: 12 }, batch.records)).rejects.toMatchObject({
      code: 'query-too-large',
    });
  });

  it('tell nothing of arrays of arrays that are too many, of too many attributes, and of what only traces tell', async () => {
    const own = newOrg();
    const batch = spanBatch(
      Array.from({ length: 4 }, (_, n) => ({ startTime: at(n), attributes: { v: [[`text-${n}-12345`], n] } })),
    );
    await insertSpans(store, own, batch);
    const asked = { ...COMPARISON, start: at(0), end: at(100), step: SECOND };
    expect(await compared(own, { ...asked, valuesMax: 4 }, batch.records)).toBeDefined();
    expect(await compared(own, { ...asked, valuesMax: 3 }, batch.records)).toBeUndefined();
    const wide = spanBatch([
      { startTime: at(200), attributes: Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`key${n}`, n])) },
    ]);
    await insertSpans(store, own, wide);
    expect(await compared(own, { ...asked, end: at(300) }, [...batch.records, ...wide.records])).toBeUndefined();
    const ofTrace: SpanCondition = { kind: 'present', field: { kind: 'trace', name: 'root-name' } };
    expect(await compared(own, { ...asked, selected: { condition: ofTrace } }, batch.records)).toBeUndefined();
    expect(await compared(own, { ...asked, condition: ofTrace }, batch.records)).toBeUndefined();
  });

  it('have nothing to tell of no time, and of nobody', async () => {
    const asked = { ...COMPARISON, start: at(0), end: at(0), step: SECOND };
    const nothing = { sides: { baseline: new Map(), selection: new Map() } };
    expect(await spans().compareSpans(newOrg(), asked, patient())).toMatchObject(nothing);
    expect(await spans().compareSpans(newOrg(), { ...asked, end: at(100) }, patient())).toMatchObject(nothing);
  });

  it('are not told without time or without a client', async () => {
    const asked = { ...COMPARISON, start: at(0), end: at(100), step: SECOND };
    const signal = new AbortController().signal;
    await expect(spans().compareSpans(newOrg(), asked, { signal, timeoutMs: 0 })).rejects.toMatchObject({
      code: 'query-timeout',
    });
    const gone = { signal: AbortSignal.abort(), timeoutMs: 10_000 };
    await expect(spans().compareSpans(newOrg(), asked, gone)).rejects.toMatchObject({ code: 'query-cancelled' });
  });
}

function isIn({ start, end }: { readonly start?: bigint; readonly end?: bigint }, { startTime }: SpanRecord): boolean {
  return (start === undefined || startTime >= start) && (end === undefined || startTime < end);
}

/** The same span, as it was sent before. */
function otherVersion(span: Partial<SpanRecord>, place: number): Partial<SpanRecord> {
  return {
    ...span,
    ...(place % 2 === 0 ? { attributes: { size: place % 5, gone: true } } : {}),
    ...(place % 3 === 0 ? { name: 'before', status: 'error' } : {}),
    ...(place % 5 === 0 ? { startTime: at(place % 90) } : {}),
  };
}

/** Of each span what came last of that which starts in the range. */
function lastVersions(stored: Records, range: SpanComparisonQuery): Records {
  const inRange = stored.filter((span) => isIn(range, span));
  return [...new Map(inRange.map((span) => [`${span.traceId}${span.spanId}`, span])).values()];
}
