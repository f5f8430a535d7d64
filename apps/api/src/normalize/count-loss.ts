import type { IngestEnvelope } from '@aegisguard/model';
import type { IngestCounter } from '../platform/ingest-counter.ts';

/** Counts records that the gateway accepted and the worker did not store, or what it could not make of them. Their request was counted when it was accepted. */
export function countLoss(
  counter: IngestCounter,
  { orgId, signal, protocol = 'native', keyId }: IngestEnvelope,
  outcome: 'dead-letter' | 'dropped-by-rule' | 'duplicate' | 'late-delta' | 'too-many-series',
  records: number,
): void {
  counter.add({ orgId, signal, protocol, keyId, outcome, requests: 0, records, bytes: 0 });
}
