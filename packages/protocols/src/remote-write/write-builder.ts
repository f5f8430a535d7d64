import { type MetricBatch, normalizeLabels } from '@aegisguard/model';
import { LABEL_COUNT_MAX } from '../metrics/label-limits.ts';
import { MetricBatchBuilder, SeriesSlot } from '../metrics/metric-batch-builder.ts';
import { RejectedIndexes } from '../metrics/rejected-indexes.ts';
import { SampleWindow } from '../metrics/sample-window.ts';
import type { WireReader } from '../protobuf/wire-reader.ts';
import type { VerifyOptions } from '../records/verdict.ts';
import type { LabelSet } from './label-set.ts';
import { LabelSetCache } from './label-set-cache.ts';
import { LabelSetParser } from './label-set-parser.ts';
import type { WireHistogram } from './read-histogram.ts';
import { readMetricMetadata, readSeriesMetadata } from './read-metadata.ts';
import type { SymbolTable } from './symbol-table.ts';
import type { SeriesScan, WireExemplar, WireSample, WriteHandler } from './walk-write-request.ts';

/** An entry of the table, a slot and its series. */
const ENTRY_BYTES = 300;
/** A label: two texts of usual length and the pair. */
const LABEL_BYTES = 120;
/** A sample with its series takes this of a body at least, nearly always: how many samples are to be expected. */
const BYTES_PER_SAMPLE = 100;

/** Series by label set. */
const slots = new LabelSetCache<SeriesSlot | 'no-metric'>(
  { entriesMax: 200_000, bytesMax: 256 * 1024 * 1024 },
  (slot) => ENTRY_BYTES + (slot === 'no-metric' ? 0 : slot.series.labels.length * LABEL_BYTES),
);

/** The worker's half: makes a batch of the records that the gateway accepted. Checks nothing again but what it could not make a series of. */
export class WriteBuilder implements WriteHandler {
  readonly #batch: MetricBatchBuilder;
  readonly #rejected: RejectedIndexes;
  readonly #window: SampleWindow;
  readonly #parser = new LabelSetParser();
  #slot: SeriesSlot | undefined;
  #series = 0;
  readonly #makeSlot = (set: LabelSet): SeriesSlot | 'no-metric' => {
    if (!set.isWhole) {
      return 'no-metric';
    }
    const slot = new SeriesSlot(normalizeLabels(this.#parser.parse(set, Number.POSITIVE_INFINITY).labels));
    return slot.metric === '' ? 'no-metric' : slot;
  };

  constructor(options: VerifyOptions, rejectedIndexes: readonly number[], bodyBytes: number) {
    this.#batch = new MetricBatchBuilder(Math.ceil(bodyBytes / BYTES_PER_SAMPLE));
    this.#rejected = new RejectedIndexes(rejectedIndexes);
    this.#window = new SampleWindow(options.receivedAtMs, options.retentionDays);
  }

  series(scan: SeriesScan): boolean {
    if (this.#rejected.passAll(scan.records)) {
      return false;
    }
    const slot = slots.get(scan.labels, this.#makeSlot);
    if (slot === 'no-metric') {
      this.#rejected.pass(scan.records);
      return false;
    }
    this.#slot = slot;
    this.#series = this.#batch.indexOf(slot);
    return true;
  }

  sample({ valueLow, valueHigh, timestampMs, startMs }: WireSample): void {
    if (!this.#rejected.next()) {
      const time = this.#window.place(timestampMs);
      const start = startMs === 0 ? 0 : this.#window.placeStart(startMs, time);
      this.#batch.samples.addBits(this.#series, time, valueLow, valueHigh, start);
    }
  }

  histogram({ histogram, timestampMs, startMs }: WireHistogram): void {
    if (!this.#rejected.next()) {
      const time = this.#window.place(timestampMs);
      this.#batch.histograms.push({
        series: this.#series,
        timestampMs: time,
        startMs: this.#window.placeStart(startMs, time),
        histogram,
      });
    }
  }

  exemplar({ labels, value, timestampMs }: WireExemplar): void {
    if (!this.#rejected.next()) {
      this.#batch.exemplars.push({
        series: this.#series,
        timestampMs: this.#window.place(timestampMs),
        value,
        labels: normalizeLabels(this.#parser.parse(labels, LABEL_COUNT_MAX).labels),
      });
    }
  }

  /** Every series of version 2 has its metric's metadata, so most are known already. */
  seriesMetadata(reader: WireReader, symbols: SymbolTable): void {
    const metric = this.#slot?.metric ?? '';
    if (this.#batch.hasMetadata(metric)) {
      reader.skipDelimited();
    } else {
      this.#batch.addMetadata(readSeriesMetadata(reader, symbols, metric));
    }
  }

  metadata(reader: WireReader): void {
    this.#batch.addMetadata(readMetricMetadata(reader));
  }

  finish(): MetricBatch {
    return this.#batch.finish();
  }
}
