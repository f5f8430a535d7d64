import { type IngestEnvelope, type MetricMetadata, type OrgId, streamOf } from '@aegisguard/model';
import { encodeSamples, type SampleToWrite } from '@aegisguard/protocols';
import type { QueueDriver } from '@aegisguard/queue';
import { newBatchId } from '../platform/batch-id.ts';

/** Whose samples they are, and when they were made. */
export interface SampleOwner {
  readonly orgId: OrgId;
  readonly retentionDays: number;
  /** Unix ms. */
  readonly madeAtMs: number;
  /** They are made of what was metered already. */
  readonly isUnmetered?: true;
}

/** Puts samples that the platform makes for an organization into the queue of metrics, as if it had sent them by remote write. */
export async function queueSamples(
  queue: Pick<QueueDriver, 'append'>,
  { orgId, retentionDays, madeAtMs, isUnmetered }: SampleOwner,
  samples: readonly SampleToWrite[],
  metadata: readonly MetricMetadata[] = [],
): Promise<void> {
  const envelope: IngestEnvelope = {
    v: 1,
    orgId,
    signal: 'metrics',
    format: 'remote-write-1',
    batchId: newBatchId(madeAtMs),
    keyId: '',
    receivedAtMs: madeAtMs,
    retentionDays,
    accepted: samples.length,
    rejected: [],
    clientAddress: '',
    ...(isUnmetered === undefined ? {} : { isUnmetered }),
  };
  const message = { lane: orgId, headers: JSON.stringify(envelope), body: encodeSamples(samples, metadata) };
  await queue.append(streamOf('metrics'), message);
}
