import type { MetricBatch, OrgId } from '@aegisguard/model';
import type { BatchIdentity, EncodedMetricBatch, MetricEncoder, MetricTable } from '../../driver.ts';
import {
  type BlockOwner,
  exemplarsBlock,
  histogramsBlock,
  hourEndsOf,
  hoursBlock,
  metadataBlock,
  type SeenSeries,
  SeriesIds,
  samplesBlock,
  seriesBlock,
  usageBlock,
} from './metric-blocks.ts';
import { SeriesMemory } from './series-memory.ts';

/** ~100 bytes each. */
const REMEMBERED_MAX = 500_000;

/** Encodes metrics as blocks of ClickHouse's Native format, one for each table that gets rows. */
export class ClickHouseMetricEncoder implements MetricEncoder {
  readonly #memory: SeriesMemory;

  constructor(rememberedMax = REMEMBERED_MAX) {
    this.#memory = new SeriesMemory(rememberedMax);
  }

  encode(orgId: OrgId, batch: BatchIdentity, metrics: MetricBatch, isRedelivery: boolean): EncodedMetricBatch {
    const owner = { orgId, batch };
    const { deltas, samples, histograms, exemplars } = metrics;
    const deltaCount = deltas.samples.count + deltas.histograms.length;
    const pointCount = samples.count + histograms.length + deltaCount;
    const blocks = this.#blocks(owner, metrics, isRedelivery);
    if (pointCount > 0) {
      blocks.hours = hoursBlock(owner, hourEndsOf(metrics.samples, deltas.samples));
      blocks.usage = usageBlock(owner, pointCount);
    }
    return {
      orgId,
      batchId: batch.batchId,
      rowCount: pointCount + exemplars.length,
      byteCount: Object.values(blocks).reduce((sum, { byteLength }) => sum + byteLength, deltaCount * DELTA_BYTES),
      blocks,
      deltas: deltaCount === 0 ? undefined : { series: metrics.series, deltas, batch, isRedelivery },
    };
  }

  forgetSeries(): void {
    this.#memory.forget();
  }

  #blocks(owner: BlockOwner, metrics: MetricBatch, isRedelivery: boolean): Partial<Record<MetricTable, Uint8Array>> {
    const { samples, histograms, exemplars } = metrics;
    const blocks: Partial<Record<MetricTable, Uint8Array>> = {};
    const ids = new SeriesIds(metrics.series);
    const series = this.#dueSeries(owner, metrics, isRedelivery);
    if (series.length > 0) {
      blocks.series = seriesBlock(owner, series);
    }
    if (samples.count > 0) {
      blocks.samples = samplesBlock(owner, ids, samples);
    }
    if (histograms.length > 0) {
      blocks.histograms = histogramsBlock(owner, ids, histograms);
    }
    if (exemplars.length > 0) {
      blocks.exemplars = exemplarsBlock(owner, ids, exemplars);
    }
    const metadata = metrics.metadata.filter(
      (row) => this.#memory.takeMetadata(owner.orgId, row, owner.batch.receivedAtMs) || isRedelivery,
    );
    if (metadata.length > 0) {
      blocks.metadata = metadataBlock(owner, metadata);
    }
    return blocks;
  }

  /** Series whose rows go along, each with the latest time of its samples here. */
  #dueSeries({ orgId }: BlockOwner, metrics: MetricBatch, isRedelivery: boolean): SeenSeries[] {
    const latest = latestTimes(metrics);
    const due: SeenSeries[] = [];
    for (const [index, series] of metrics.series.entries()) {
      const lastSeenMs = latest[index] ?? Number.NEGATIVE_INFINITY;
      if (lastSeenMs === Number.NEGATIVE_INFINITY) {
        continue;
      }
      const isDue = this.#memory.isDue(orgId, series, lastSeenMs);
      if (isDue) {
        this.#memory.wrote(orgId, series, lastSeenMs);
      }
      if (isDue || isRedelivery) {
        due.push({ series, lastSeenMs });
      }
    }
    return due;
  }
}

/** What an increment is in memory. */
const DELTA_BYTES = 28;

/** The latest time of each series' samples; -Infinity where there are none. */
function latestTimes({ series, samples, histograms, exemplars, deltas }: MetricBatch): Float64Array {
  const latest = new Float64Array(series.length).fill(Number.NEGATIVE_INFINITY);
  const see = (index: number, timestampMs: number) => {
    if (timestampMs > (latest[index] ?? Number.POSITIVE_INFINITY)) {
      latest[index] = timestampMs;
    }
  };
  for (const columns of [samples, deltas.samples]) {
    for (let row = 0; row < columns.count; row += 1) {
      see(columns.series[row] ?? 0, columns.timestampMs[row] ?? 0);
    }
  }
  for (const rows of [histograms, deltas.histograms, exemplars]) {
    for (const row of rows) {
      see(row.series, row.timestampMs);
    }
  }
  return latest;
}
