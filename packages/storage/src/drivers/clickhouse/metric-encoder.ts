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
import { eachSpan } from './series-spans.ts';

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
      if (batch.isUnmetered !== true) {
        blocks.usage = usageBlock(owner, pointCount);
      }
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

  /** Series whose rows go along, for each week of their samples here. */
  #dueSeries({ orgId }: BlockOwner, metrics: MetricBatch, isRedelivery: boolean): SeenSeries[] {
    const due: SeenSeries[] = [];
    eachSpan(metrics, (index, firstMs, lastMs) => {
      const series = metrics.series[index];
      const row = series && this.#memory.see(orgId, series, firstMs, lastMs, isRedelivery);
      if (series !== undefined && row !== undefined) {
        due.push({ series, firstMs: row.firstMs, lastMs: row.lastMs });
      }
    });
    return due;
  }
}

/** What an increment is in memory. */
const DELTA_BYTES = 28;
