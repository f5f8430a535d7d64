import type { OrgId, SecurityEventRecord } from '@aegisguard/model';
import type { EncodedBatch } from '../driver.ts';
import { at, identityOf, newBatchId, type StorageUnderTest } from './storage-under-test.ts';

/** A batch of security events. */
export interface EventBatch {
  readonly batchId: string;
  readonly records: readonly SecurityEventRecord[];
}

/** Events of a batch, plain but for what is given. */
export function eventBatch(records: readonly Partial<SecurityEventRecord>[], batchId = newBatchId()): EventBatch {
  const plain: SecurityEventRecord = {
    timestamp: at(0),
    type: 'auth.login_failed',
    severity: 'low',
    source: 'ingested',
    actor: '',
    ip: '',
    country: '',
    target: '',
    message: '',
    attributes: {},
    details: {},
    occurrences: 1,
    truncated: false,
    index: 0,
  };
  return { batchId, records: records.map((record, index) => ({ ...plain, index, ...record })) };
}

/** A batch in the driver's format. */
export function encodeEvents(
  { securityEventEncoder }: Pick<StorageUnderTest, 'securityEventEncoder'>,
  orgId: OrgId,
  { batchId, records }: EventBatch,
): EncodedBatch {
  return securityEventEncoder.encode(orgId, identityOf(batchId), records);
}

/** Encodes batches of one organization and inserts them as one group. */
export async function insertEvents(
  store: Pick<StorageUnderTest, 'driver' | 'securityEventEncoder'>,
  orgId: OrgId,
  ...batches: readonly EventBatch[]
): Promise<void> {
  await store.driver().securityEvents.insert(batches.map((batch) => encodeEvents(store, orgId, batch)));
}
