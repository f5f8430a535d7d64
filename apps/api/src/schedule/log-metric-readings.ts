import type { Accounts } from '@aegisguard/accounts';
import type { LogMetrics, LogSeries } from '@aegisguard/ingest-ids';
import { AegisError, type IngestCountStore, type MetricMetadata, type OrgId } from '@aegisguard/model';
import type { SampleToWrite } from '@aegisguard/protocols';
import type { QueueDriver } from '@aegisguard/queue';
import { queueSamples } from './queue-samples.ts';

/** Time between two samples of a series: as often as Prometheus is usually told to look at a target. */
export const SLOT_MS = 15_000;
/** With how many slots the value before a series began to change is told: one of them may be left out. */
const BEGINNING_SLOTS = 3;
const MINUTE_MS = 60_000;

/** What it works with. */
export interface LogMetricReadingsParts {
  readonly logMetrics: Pick<LogMetrics, 'read' | 'forget'>;
  readonly organizations: Pick<Accounts['organizations'], 'view'>;
  readonly queue: Pick<QueueDriver, 'append'>;
  readonly ingestCounts: Pick<IngestCountStore, 'addIngestCounts'>;
  readonly nowMs: () => number;
}

/** Reads metrics made of logs every 15 seconds, as Prometheus reads a target's, and puts the samples into the queue of metrics. A reading that is lost is a gap of one sample: the totals stay. */
export class LogMetricReadings {
  private readonly parts: LogMetricReadingsParts;

  constructor(parts: LogMetricReadingsParts) {
    this.parts = parts;
  }

  /** Reads if nobody has for this slot; for how many organizations. */
  async run(): Promise<number> {
    const { logMetrics, nowMs } = this.parts;
    const slotMs = Math.floor(nowMs() / SLOT_MS) * SLOT_MS;
    let count = 0;
    const failures: unknown[] = [];
    for await (const { orgId, series } of logMetrics.read(slotMs)) {
      // What fails for one organization is no other's.
      await this.store(orgId, series, slotMs).catch((error: unknown) => failures.push(error));
      count += 1;
    }
    if (failures.length > 0) {
      throw new AggregateError(failures, `metrics of logs of ${failures.length} organizations could not be queued`);
    }
    return count;
  }

  private async store(orgId: OrgId, all: readonly LogSeries[], slotMs: number): Promise<void> {
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
    const samples = series.flatMap((one) => samplesOf(one, slotMs));
    await queueSamples(queue, owner, samples, metadataOf(series));
  }

  private async countRefused(orgId: OrgId, records: number): Promise<void> {
    const minuteMs = Math.floor(this.parts.nowMs() / MINUTE_MS) * MINUTE_MS;
    const what = { signal: 'metrics', protocol: 'native', keyId: '', outcome: 'too-many-series' } as const;
    await this.parts.ingestCounts.addIngestCounts([{ orgId, minuteMs, ...what, requests: 0, records, bytes: 0 }]);
  }
}

/** A counter that begins to change was something until then, which no sample says: without one, queries would not see that it rose. */
function samplesOf({ labels, metadata, value, sinceMs, before }: LogSeries, slotMs: number): readonly SampleToWrite[] {
  const now = { labels, timestampMs: slotMs, value };
  const beginning = Math.floor(sinceMs / SLOT_MS) * SLOT_MS;
  if (metadata.type === 'gauge' || beginning < slotMs - BEGINNING_SLOTS * SLOT_MS) {
    return [now];
  }
  return [{ labels, timestampMs: beginning - SLOT_MS, value: before }, now];
}

function metadataOf(series: readonly LogSeries[]): readonly MetricMetadata[] {
  return [...new Map(series.map(({ metadata }) => [metadata.metric, metadata])).values()];
}
