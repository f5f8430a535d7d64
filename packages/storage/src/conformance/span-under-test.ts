import { randomBytes } from 'node:crypto';
import type { OrgId, SpanRecord, StoredSpan } from '@aegisguard/model';
import type { EncodedBatch } from '../driver.ts';
import { at, identityOf, newBatchId, type StorageUnderTest } from './storage-under-test.ts';

/** A batch of spans as the worker has it. */
export interface SpanBatch {
  readonly batchId: string;
  readonly records: readonly SpanRecord[];
}

/** The trace of every span that `insert-until-killed.ts` inserts. */
export const CRASH_TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

/** A trace id that nobody else has. */
export function newTraceId(): string {
  return randomBytes(16).toString('hex');
}

/** A span id that nobody else has. */
export function newSpanId(): string {
  return randomBytes(8).toString('hex');
}

/** A span, plain but for what is given. */
function spanRecord(given: Partial<SpanRecord> = {}): SpanRecord {
  return {
    traceId: newTraceId(),
    spanId: newSpanId(),
    parentSpanId: '',
    traceState: '',
    name: 'GET /',
    kind: 'server',
    service: 'checkout',
    host: '',
    env: '',
    version: '',
    startTime: at(0),
    durationNanos: 1_000_000n,
    status: 'unset',
    statusMessage: '',
    scopeName: '',
    scopeVersion: '',
    attributes: {},
    resource: {},
    events: [],
    links: [],
    details: {},
    geo: {},
    userAgent: {},
    truncated: false,
    index: 0,
    ...given,
  };
}

/** A batch of spans, numbered as they stand. */
export function spanBatch(records: readonly Partial<SpanRecord>[], batchId = newBatchId()): SpanBatch {
  return { batchId, records: records.map((record, index) => spanRecord({ index, ...record })) };
}

/** A batch in the driver's format. */
export function encodeSpans(
  { spanEncoder }: Pick<StorageUnderTest, 'spanEncoder'>,
  orgId: OrgId,
  batch: SpanBatch,
): EncodedBatch {
  return spanEncoder.encode(orgId, identityOf(batch.batchId), batch.records);
}

/** Encodes batches of one organization and inserts them as one group. */
export async function insertSpans(
  store: Pick<StorageUnderTest, 'driver' | 'spanEncoder'>,
  orgId: OrgId,
  ...batches: readonly SpanBatch[]
): Promise<void> {
  await store.driver().spans.insert(batches.map((batch) => encodeSpans(store, orgId, batch)));
}

/** The span that a record must read back as. */
export function storedSpan({ index: _, ...span }: SpanRecord): StoredSpan {
  return span;
}
