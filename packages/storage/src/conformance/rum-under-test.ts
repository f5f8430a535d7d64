import type { OrgId, RumRecord } from '@aegisguard/model';
import type { EncodedBatch } from '../driver.ts';
import { at, identityOf, newBatchId, type StorageUnderTest } from './storage-under-test.ts';

/** A batch of RUM events as the worker has it. */
export interface RumBatch {
  readonly batchId: string;
  readonly records: readonly RumRecord[];
}

/** An event, plain but for what is given. */
function rumRecord(given: Partial<RumRecord>): RumRecord {
  return {
    timestamp: at(0),
    type: 'view',
    application: 'shop',
    release: '',
    env: '',
    sessionId: 's-1',
    userId: '',
    viewId: '',
    url: '',
    name: '',
    value: Number.NaN,
    durationMs: Number.NaN,
    stack: '',
    attributes: {},
    data: null,
    details: {},
    geo: {},
    userAgent: {},
    truncated: false,
    index: 0,
    ...given,
  };
}

/** A batch of events, numbered as they stand. */
export function rumBatch(records: readonly Partial<RumRecord>[], batchId = newBatchId()): RumBatch {
  return { batchId, records: records.map((record, index) => rumRecord({ index, ...record })) };
}

/** A batch in the driver's format. */
export function encodeRum(
  { rumEncoder }: Pick<StorageUnderTest, 'rumEncoder'>,
  orgId: OrgId,
  { batchId, records }: RumBatch,
): EncodedBatch {
  return rumEncoder.encode(orgId, identityOf(batchId), records);
}

/** Encodes batches of one organization and inserts them as one group. */
export async function insertRum(
  store: Pick<StorageUnderTest, 'driver' | 'rumEncoder'>,
  orgId: OrgId,
  ...batches: readonly RumBatch[]
): Promise<void> {
  await store.driver().rum.insert(batches.map((batch) => encodeRum(store, orgId, batch)));
}
