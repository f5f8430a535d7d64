import type { Accounts } from '@aegisguard/accounts';
import type { LogMetrics, LogSeries } from '@aegisguard/ingest-ids';
import { AegisError, type IngestCountStore, type MetricMetadata, type OrgId } from '@aegisguard/model';
import type { SampleToWrite } from '@aegisguard/protocols';
import type { QueueDriver } from '@aegisguard/queue';
import { queueSamples } from './queue-samples.ts';

/** Time between two samples of a series: as often as Prometheus is usually told to look at a target. */
export const SLOT_MS = 15_000;
/** For how long before it began to change the value of a counter is told: as far back as queries look for one. */
const BEFORE_MS = 5 * 60_000;
/** Beginnings of readings that were left out, or made by another process, are told with a later one so long. */
const MISSED_MS = 5 * 60_000;
/** By how much a worker's clock may be behind, and what it adds may take. */
const BEHIND_MS = 10_000;
const MINUTE_MS = 60_000;
/** Samples of a message; some 300 bytes each. */
const SAMPLES_AT_ONCE = 10_000;

/** What it works with. */
export interface LogMetricReadingsParts {
  readonly logMetrics: Pick<LogMetrics, 'read' | 'forget'>;
  readonly organizations: Pick<Accounts['organizations'], 'view'>;
  readonly queue: Pick<QueueDriver, 'append'>;
  readonly ingestCounts: Pick<IngestCountStore, 'addIngestCounts'>;
  readonly nowMs: () => number;
}

/** A reading: its time, and since when a series that begins to change has not been told. */
interface Reading {
  readonly slotMs: number;
  readonly newSinceMs: number;
}

/** Reads metrics made of logs every 15 seconds, as Prometheus reads a target's, and puts the samples into the queue of metrics. A reading that is lost is a gap of one sample: the totals stay. */
export class LogMetricReadings {
  private readonly parts: LogMetricReadingsParts;
  /** When series were last read and all of them queued; Unix ms. */
  private readAtMs = 0;

  constructor(parts: LogMetricReadingsParts) {
    this.parts = parts;
  }

  /** Reads if nobody has for this slot; for how many organizations. */
  async run(): Promise<number> {
    const { logMetrics, nowMs } = this.parts;
    const atMs = nowMs();
    const slotMs = Math.floor(atMs / SLOT_MS) * SLOT_MS;
    const reading = { slotMs, newSinceMs: Math.max(this.readAtMs, atMs - MISSED_MS) - BEHIND_MS };
    let count = 0;
    const failures: unknown[] = [];
    for await (const { orgId, series } of logMetrics.read(slotMs)) {
      // What fails for one organization is no other's.
      await this.store(orgId, series, reading).catch((error: unknown) => failures.push(error));
      count += 1;
    }
    if (failures.length > 0) {
      throw new AggregateError(failures, `metrics of logs of ${failures.length} organizations could not be queued`);
    }
    if (count > 0) {
      this.readAtMs = atMs;
    }
    return count;
  }

  private async store(orgId: OrgId, all: readonly LogSeries[], reading: Reading): Promise<void> {
    const { logMetrics, nowMs, organizations, queue } = this.parts;
    const organization = await organizations.view(orgId).catch((error: unknown) => {
      if (error instanceof AegisError && error.code === 'not-found') {
        return undefined;
      }
      throw error;
    });
    if (organization === undefined) {
      await logMetrics.forget(orgId);
      return;
    }
    const { activeSeriesMax, retentionDays } = organization;
    const series = activeSeriesMax === null || activeSeriesMax === 0 ? all : all.slice(0, activeSeriesMax);
    if (series.length < all.length) {
      await this.countRefused(orgId, all.length - series.length);
    }
    const owner = { orgId, retentionDays: retentionDays.metrics, madeAtMs: nowMs() };
    const samples = series.flatMap((one) => samplesOf(one, reading));
    for (let from = 0; from < samples.length; from += SAMPLES_AT_ONCE) {
      const metadata = from === 0 ? metadataOf(series) : [];
      await queueSamples(queue, owner, samples.slice(from, from + SAMPLES_AT_ONCE), metadata);
    }
  }

  private async countRefused(orgId: OrgId, records: number): Promise<void> {
    const minuteMs = Math.floor(this.parts.nowMs() / MINUTE_MS) * MINUTE_MS;
    const what = { signal: 'metrics', protocol: 'native', keyId: '', outcome: 'too-many-series' } as const;
    await this.parts.ingestCounts.addIngestCounts([{ orgId, minuteMs, ...what, requests: 0, records, bytes: 0 }]);
  }
}

/**
 * A counter that begins to change was something until then, which no sample says: without one, queries would not see that it rose, and with one alone they would take the rise for a part of a longer one. So it is told as if it had been
 * read all the time.
 */
function samplesOf(
  { labels, metadata, value, sinceMs, before }: LogSeries,
  { slotMs, newSinceMs }: Reading,
): readonly SampleToWrite[] {
  const now = { labels, timestampMs: slotMs, value };
  if (metadata.type === 'gauge' || sinceMs < newSinceMs) {
    return [now];
  }
  const endMs = Math.floor(sinceMs / SLOT_MS) * SLOT_MS;
  const earlier = Array.from({ length: BEFORE_MS / SLOT_MS }, (_, at) => {
    return { labels, timestampMs: endMs - BEFORE_MS + at * SLOT_MS, value: before };
  });
  return [...earlier, now];
}

function metadataOf(series: readonly LogSeries[]): readonly MetricMetadata[] {
  return [...new Map(series.map(({ metadata }) => [metadata.metric, metadata])).values()];
}
