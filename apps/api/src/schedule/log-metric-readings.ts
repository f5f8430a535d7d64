import type { Accounts } from '@aegisguard/accounts';
import { type LogMetrics, type LogTotals, READ_MS } from '@aegisguard/ingest-ids';
import {
  AegisError,
  type IngestCountStore,
  type Labels,
  type MetricMetadata,
  type OrgId,
  seriesOfLabelSet,
} from '@aegisguard/model';
import type { SampleToWrite } from '@aegisguard/protocols';
import type { QueueDriver } from '@aegisguard/queue';
import { queueSamples } from './queue-samples.ts';

/** Time between two samples of a series: as often as Prometheus is usually told to look at a target. */
export const SLOT_MS = 15_000;
/** By how much a worker's clock may be behind, and what it adds may take. */
const BEHIND_MS = 10_000;
const MINUTE_MS = 60_000;
/** A message is cut behind the label set with which it has so many bytes, which are written in one turn of the event loop. */
const MESSAGE_BYTES = 250_000;
/** Bytes of a sample without its labels, and of a label without its texts, about. */
const SAMPLE_BYTES = 20;
const LABEL_BYTES = 8;

/** What it works with. */
export interface LogMetricReadingsParts {
  readonly logMetrics: Pick<LogMetrics, 'read' | 'forget'>;
  readonly organizations: Pick<Accounts['organizations'], 'view'>;
  readonly queue: Pick<QueueDriver, 'append'>;
  readonly ingestCounts: Pick<IngestCountStore, 'addIngestCounts'>;
  readonly nowMs: () => number;
}

/** A reading: its time, and since when what begins to change has not been told; at most as long ago as it is read after a change. */
interface Reading {
  readonly slotMs: number;
  readonly newSinceMs: number;
}

/** Reads metrics made of logs every 15 seconds, as Prometheus reads a target's, and puts the samples into the queue of metrics. A reading that is lost is a gap of one sample: the totals stay. */
export class LogMetricReadings {
  private readonly parts: LogMetricReadingsParts;
  /** When label sets were last read and all of them queued; Unix ms. */
  private readAtMs = 0;

  constructor(parts: LogMetricReadingsParts) {
    this.parts = parts;
  }

  /** Reads if nobody has for this slot; for how many organizations. */
  async run(): Promise<number> {
    const { logMetrics, nowMs } = this.parts;
    const atMs = nowMs();
    const slotMs = Math.floor(atMs / SLOT_MS) * SLOT_MS;
    const reading = { slotMs, newSinceMs: Math.max(this.readAtMs, atMs - READ_MS) - BEHIND_MS };
    let count = 0;
    const failures: unknown[] = [];
    for await (const { orgId, totals } of logMetrics.read(slotMs)) {
      if (nowMs() >= slotMs + SLOT_MS) {
        failures.push(new Error('the reading took longer than its slot: the rest is left to the next one'));
        break;
      }
      // What fails for one organization is no other's.
      await this.store(orgId, totals, reading).catch((error: unknown) => failures.push(error));
      count += 1;
    }
    if (failures.length > 0) {
      throw new AggregateError(failures, 'metrics of logs could not all be queued');
    }
    if (count > 0) {
      this.readAtMs = atMs;
    }
    return count;
  }

  private async store(orgId: OrgId, all: readonly LogTotals[], reading: Reading): Promise<void> {
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
    const { kept, left } = withinBound(all, activeSeriesMax);
    if (left > 0) {
      await this.countRefused(orgId, left);
    }
    const owner = { orgId, retentionDays: retentionDays.metrics, madeAtMs: nowMs() };
    for (const { samples, metadata } of messagesOf(kept, reading)) {
      await queueSamples(queue, owner, samples, metadata);
    }
  }

  private async countRefused(orgId: OrgId, records: number): Promise<void> {
    const minuteMs = Math.floor(this.parts.nowMs() / MINUTE_MS) * MINUTE_MS;
    const what = { signal: 'metrics', protocol: 'native', keyId: '', outcome: 'too-many-series' } as const;
    await this.parts.ingestCounts.addIngestCounts([{ orgId, minuteMs, ...what, requests: 0, records, bytes: 0 }]);
  }
}

/** The label sets for all of whose series there is room, and how many series are left out. 0 and null are no bound. */
function withinBound(
  all: readonly LogTotals[],
  seriesMax: number | null,
): { readonly kept: readonly LogTotals[]; readonly left: number } {
  let room = seriesMax === null || seriesMax === 0 ? Number.POSITIVE_INFINITY : seriesMax;
  let left = 0;
  const kept = all.filter(({ values }) => {
    const fits = values.length <= room;
    room -= fits ? values.length : 0;
    left += fits ? 0 : values.length;
    return fits;
  });
  return { kept, left };
}

interface SamplesMessage {
  readonly samples: readonly SampleToWrite[];
  /** Of the metrics that no earlier message has described. */
  readonly metadata: readonly MetricMetadata[];
}

function* messagesOf(all: readonly LogTotals[], reading: Reading): Generator<SamplesMessage> {
  const described = new Set<string>();
  let metadata: MetricMetadata[] = [];
  let samples: SampleToWrite[] = [];
  let bytes = 0;
  for (const totals of all) {
    if (!described.has(totals.metadata.metric)) {
      described.add(totals.metadata.metric);
      metadata.push(totals.metadata);
    }
    for (const [at, labels] of seriesOfLabelSet(totals).entries()) {
      const before = samples.length;
      addSamples(samples, labels, totals, at, reading);
      bytes += bytesOf(labels) + (samples.length - before) * SAMPLE_BYTES;
    }
    if (bytes >= MESSAGE_BYTES) {
      yield { samples, metadata };
      [samples, metadata, bytes] = [[], [], 0];
    }
  }
  if (samples.length > 0) {
    yield { samples, metadata };
  }
}

function bytesOf(labels: Labels): number {
  return labels.reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value) + LABEL_BYTES, 0);
}

/**
 * A counter that begins to change was something until then, which no sample says: without one, queries would not see that it rose, and with one alone they would take the rise for a part of a longer one. So it is told as if it had been
 * read all the time, for as far back as queries look for a value.
 */
function addSamples(
  samples: SampleToWrite[],
  labels: Labels,
  { metadata, sinceMs, values, before }: LogTotals,
  at: number,
  { slotMs, newSinceMs }: Reading,
): void {
  if (metadata.type !== 'gauge' && sinceMs >= newSinceMs) {
    const endMs = Math.floor(sinceMs / SLOT_MS) * SLOT_MS;
    for (let timestampMs = endMs - READ_MS; timestampMs < endMs; timestampMs += SLOT_MS) {
      samples.push({ labels, timestampMs, value: before[at] ?? 0 });
    }
  }
  samples.push({ labels, timestampMs: slotMs, value: values[at] ?? 0 });
}
