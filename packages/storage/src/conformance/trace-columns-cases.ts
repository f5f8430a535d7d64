import { SPAN_KINDS, SPAN_MARKS, SPAN_STATUSES, type SpanPlace, type SpanRecord } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { insertSpans, newSpanId, newTraceId, spanBatch, storedSpan } from './span-under-test.ts';
import { at, newOrg, patient, type StorageUnderTest } from './storage-under-test.ts';

const LIMIT = 10_000;

/** A trace's columns, the rows of their spans, and what is found in them. */
export function traceColumnsCases(store: StorageUnderTest): void {
  const columnsOf = (org: ReturnType<typeof newOrg>, traceId: string, limit = LIMIT) =>
    store.driver().spans.readTraceColumns(org, traceId, limit, patient());
  const found = (org: ReturnType<typeof newOrg>, traceId: string, text: string, limit = LIMIT) =>
    store.driver().spans.findInTrace(org, traceId, text, limit, patient());

  const link = (traceId: string, spanId: string, attributes: Record<string, string> = {}) => ({
    traceId,
    spanId,
    traceState: '',
    flags: 0,
    attributes,
    droppedAttributesCount: 0,
  });

  describe('a trace in columns', () => {
    it('has what was written, ascending by start, and the rows lie where it says', async () => {
      const org = newOrg();
      const traceId = newTraceId();
      const batch = spanBatch(
        Array.from({ length: 2500 }, (_, n) => ({
          traceId,
          parentSpanId: n % 7 === 0 ? '' : newSpanId(),
          startTime: at((n * 31) % 2500),
          durationNanos: BigInt(n) * 1_000_003n,
          service: `service ${n % 9}`,
          name: n % 11 === 0 ? `O'Brien ${n}` : 'GET /',
          host: `h${n % 3}`,
          kind: SPAN_KINDS[n % 6] ?? 'internal',
          status: SPAN_STATUSES[n % 3] ?? 'unset',
          attributes: { n },
        })),
      );
      await insertSpans(store, org, batch, spanBatch([{ service: 'service 1' }]));
      const { columns, isCut, duplicates } = await columnsOf(org, traceId);
      expect([isCut, duplicates]).toEqual([false, 0]);
      const sorted = batch.records.map(storedSpan).sort((a, b) => Number(a.startTime - b.startTime));
      const rows = columns.spanIds.map((spanId, row) => ({
        spanId,
        parentSpanId: columns.parentSpanIds[row],
        startTime: columns.startTimes[row],
        durationNanos: BigInt(columns.durations[row] ?? 0),
        service: columns.services[row],
        name: columns.names[row],
        host: columns.hosts[row],
        kind: SPAN_KINDS[columns.kinds[row] ?? 0],
        status: SPAN_STATUSES[columns.statuses[row] ?? 0],
      }));
      expect(rows).toEqual(
        sorted.map(({ spanId, parentSpanId, startTime, durationNanos, service, name, host, kind, status }) => ({
          spanId,
          parentSpanId,
          startTime,
          durationNanos,
          service,
          name,
          host,
          kind,
          status,
        })),
      );
      // A few, more than are listed as places, and all.
      for (const wanted of [sorted.slice(5, 8), sorted.slice(100, 1700), sorted]) {
        const places: SpanPlace[] = wanted.map(({ spanId, service, startTime }) => ({ spanId, service, startTime }));
        const { spans } = await store.driver().spans.readSpansAt(org, traceId, places, patient());
        expect(spans).toStrictEqual(wanted);
      }
    });

    it('says which spans have exceptions and links, and which follow from their parent', async () => {
      const org = newOrg();
      const [traceId, parent] = [newTraceId(), newSpanId()];
      const below = (second: number, given: Partial<SpanRecord>) => ({
        traceId,
        parentSpanId: parent,
        startTime: at(second),
        ...given,
      });
      const exception = { timestamp: at(1), name: 'exception', attributes: {}, droppedAttributesCount: 0 };
      const spans = [
        { traceId, spanId: parent },
        below(1, { events: [{ ...exception, name: 'other' }, exception] }),
        below(2, { links: [link(newTraceId(), parent)] }),
        below(3, { links: [link(traceId, parent, { 'opentracing.ref_type': 'follows_from' })] }),
        below(4, { links: [link(traceId, newSpanId()), link(traceId, parent)] }),
        below(5, { links: [link(traceId, parent, { 'opentracing.ref_type': 'child_of' })] }),
      ];
      await insertSpans(store, org, spanBatch(spans));
      const { marks } = (await columnsOf(org, traceId)).columns;
      const followsFrom = SPAN_MARKS.links + SPAN_MARKS.follows;
      expect([...marks]).toEqual([
        0,
        SPAN_MARKS.exception,
        SPAN_MARKS.links,
        followsFrom,
        followsFrom,
        SPAN_MARKS.links,
      ]);
    });

    it('has each span as it came last, and counts the rows that said something else', async () => {
      const org = newOrg();
      const [traceId, spanId, again] = [newTraceId(), newSpanId(), newSpanId()];
      const first = spanBatch([
        { traceId, spanId, name: 'first' },
        { traceId, spanId: again, startTime: at(1), name: 'again' },
      ]);
      const second = spanBatch([
        { traceId, spanId, name: 'second', startTime: at(2), service: 'moved' },
        { traceId, spanId: again, startTime: at(1), name: 'again' },
      ]);
      await insertSpans(store, org, second);
      await insertSpans(store, org, first);
      const { columns, duplicates } = await columnsOf(org, traceId);
      expect(columns.names).toEqual(['again', 'second']);
      expect(duplicates).toBe(1);
    });

    it('is cut at the limit, the earliest spans first, and says so', async () => {
      const org = newOrg();
      const traceId = newTraceId();
      const batch = spanBatch(
        Array.from({ length: 50 }, (_, n) => ({ traceId, startTime: at(49 - n), name: `${49 - n}` })),
      );
      await insertSpans(store, org, batch);
      const { columns, isCut } = await columnsOf(org, traceId, 20);
      expect(columns.names).toEqual(Array.from({ length: 20 }, (_, n) => String(n)));
      expect(isCut).toBe(true);
    });

    it('is not cut when only its rows are more than the limit: spans that came twice are one', async () => {
      const org = newOrg();
      const traceId = newTraceId();
      const records = Array.from({ length: 20 }, (_, n) => ({
        traceId,
        spanId: newSpanId(),
        startTime: at(n),
        name: `${n}`,
      }));
      await insertSpans(store, org, spanBatch(records), spanBatch(records.slice(15)));
      for (const [limit, isCut] of [
        [20, false],
        [19, true],
      ] as const) {
        const read = await columnsOf(org, traceId, limit);
        expect(read.columns.names).toEqual(records.slice(0, limit).map(({ name }) => name));
        expect(read.isCut).toBe(isCut);
      }
    });

    it('of nobody or of another organization is empty, and nothing is found in it', async () => {
      const org = newOrg();
      const traceId = newTraceId();
      await insertSpans(store, org, spanBatch([{ traceId }]));
      for (const id of [newTraceId(), traceId, '', "' OR 1=1 --"]) {
        expect((await columnsOf(newOrg(), id)).columns.spanIds).toEqual([]);
        expect(await found(newOrg(), id, 'GET')).toBeUndefined();
      }
    });
  });

  it('spans are found by a text anywhere in them, whatever its case', async () => {
    const org = newOrg();
    const [traceId, other] = [newTraceId(), newTraceId()];
    const spans: Partial<SpanRecord>[] = [
      { name: 'Straße' },
      { service: 'needle' },
      { host: 'a-NEEDLE' },
      { statusMessage: 'No needle here' },
      { attributes: { 'the.needle': 1 } },
      { attributes: { deep: { list: ['x', 'a needle'] } } },
      { resource: { pod: 'needle-1' } },
      { events: [{ timestamp: at(1), name: 'needle', attributes: {}, droppedAttributesCount: 0 }] },
      { events: [{ timestamp: at(1), name: 'e', attributes: { k: 'needle' }, droppedAttributesCount: 0 }] },
      { links: [link(newTraceId(), newSpanId(), { k: 'Needle' })] },
      { name: 'nothing' },
    ];
    const batch = spanBatch(spans.map((given, n) => ({ traceId, startTime: at(n), ...given })));
    await insertSpans(store, org, batch, spanBatch([{ traceId: other, name: 'needle' }]));
    const ids = batch.records.map(({ spanId }) => spanId);
    expect(await found(org, traceId, 'nEEdle')).toMatchObject({ spanIds: ids.slice(1, 10), count: 9 });
    expect(await found(org, traceId, 'nEEdle', 2)).toMatchObject({ spanIds: ids.slice(1, 3), count: 9 });
    expect(await found(org, traceId, 'STRASSE')).toMatchObject({ count: 0 });
    expect(await found(org, traceId, 'strAßE')).toMatchObject({ spanIds: [ids[0]], count: 1 });
    expect(await found(org, traceId, ids[10]?.toUpperCase() ?? '')).toMatchObject({ spanIds: [ids[10]], count: 1 });
    expect(await found(org, traceId, "%' OR 1=1 --")).toMatchObject({ spanIds: [], count: 0 });
  });
}
