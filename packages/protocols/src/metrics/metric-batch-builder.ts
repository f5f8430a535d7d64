import type {
  ExemplarSample,
  HistogramSample,
  Labels,
  MetricBatch,
  MetricMetadata,
  MetricSeries,
  SampleColumns,
} from '@aegisguard/model';
import { metricOf, seriesOf } from '@aegisguard/model/series-id';
import { SampleColumnsBuilder } from './sample-columns-builder.ts';
import { placeHash, SeriesPlaces } from './series-places.ts';

/** A series that is known, and where it stands in the batch that is built: looked up once for each sample, so it must cost nothing. */
export class SeriesSlot {
  readonly series: MetricSeries;
  readonly hash: number;
  readonly metric: string;
  /** The batch that `index` is of. */
  batch = 0;
  index = 0;

  constructor(labels: Labels) {
    this.metric = metricOf(labels);
    this.series = seriesOf(labels);
    this.hash = placeHash(this.series.id);
  }
}

let batches = 0;

/** Collects one batch. */
export class MetricBatchBuilder {
  readonly samples: SampleColumnsBuilder;
  readonly histograms: HistogramSample[] = [];
  readonly exemplars: ExemplarSample[] = [];
  readonly deltaSamples = new SampleColumnsBuilder();
  readonly deltaHistograms: HistogramSample[] = [];
  readonly #batch: number;
  readonly #places: SeriesPlaces;
  readonly #metadata = new Map<string, MetricMetadata>();

  constructor(samplesExpected = 0) {
    batches += 1;
    this.#batch = batches;
    this.samples = new SampleColumnsBuilder(samplesExpected);
    this.#places = new SeriesPlaces(samplesExpected);
  }

  /** Where the series stands in the batch; there is one of each, however often its labels were sent in another form. */
  indexOf(slot: SeriesSlot): number {
    if (slot.batch === this.#batch) {
      return slot.index;
    }
    slot.batch = this.#batch;
    slot.index = this.#places.placeOf(slot.series, slot.hash);
    return slot.index;
  }

  hasMetadata(metric: string): boolean {
    return this.#metadata.has(metric);
  }

  /** The first that says something of a metric counts. */
  addMetadata(metadata: MetricMetadata): void {
    const { metric, type, unit, help } = metadata;
    const saysSomething = type !== 'unknown' || unit !== '' || help !== '';
    if (metric !== '' && saysSomething && !this.#metadata.has(metric)) {
      this.#metadata.set(metric, metadata);
    }
  }

  finish(): MetricBatch {
    return {
      series: this.#places.series,
      samples: columns(this.samples),
      histograms: this.histograms,
      exemplars: this.exemplars,
      metadata: [...this.#metadata.values()],
      deltas: { samples: columns(this.deltaSamples), histograms: this.deltaHistograms },
    };
  }
}

/** Plain, so that it can be sent to another thread. */
function columns({ count, series, timestampMs, value, startMs }: SampleColumns): SampleColumns {
  return { count, series, timestampMs, value, startMs };
}
