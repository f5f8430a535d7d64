import type { LogMetrics } from '@aegisguard/ingest-ids';
import type { IngestEnvelope } from '@aegisguard/model';
import type { IngestCounter } from '../platform/ingest-counter.ts';
import type { MeasuredLogs } from './apply-rules.ts';
import { countLoss } from './count-loss.ts';
import { tryWhileUnavailable } from './try-while-unavailable.ts';

/**
 * Adds what the logs of a batch do to metrics. It comes before the insert: a batch that dies in between is delivered again and is known, and one of which logs are stored already, which are left out then, has been added.
 */
export async function addMeasured(
  logMetrics: Pick<LogMetrics, 'add'>,
  counter: IngestCounter,
  envelope: IngestEnvelope,
  { changes, left }: MeasuredLogs,
): Promise<void> {
  const refused = await tryWhileUnavailable(() => logMetrics.add(envelope.orgId, envelope.batchId, changes));
  if (refused + left > 0) {
    countLoss(counter, { ...envelope, signal: 'metrics' }, 'too-many-series', refused + left);
  }
}
