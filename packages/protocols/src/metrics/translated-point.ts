import { type Labels, METRIC_NAME, type NativeHistogram, normalizeLabels } from '@aegisguard/model';
import type { RecordFault } from '../records/record-rejection.ts';
import type { LabelBytes } from './label-bytes.ts';
import { checkLabels, type SentLabels } from './label-rules.ts';
import type { MetricBatchBuilder } from './metric-batch-builder.ts';
import { SeriesSlot } from './metric-batch-builder.ts';
import type { DataPointKind, MetricVerdictBuilder } from './metric-verdict-builder.ts';
import { TOO_MANY_SERIES } from './metric-verdict-builder.ts';
import { SeriesCache } from './series-cache.ts';
import { STALE_HIGH, STALE_LOW } from './stale-marker.ts';

/** Names the series of an organization-wide cache of label sets that were made here, not sent as such. Longer ones are not remembered: the engine hashes them by length alone. */
const KEY_LENGTH_MAX = 4096;
const ENTRY_BYTES = 400;
const LABEL_BYTES = 120;
/** Cannot stand in a name or value: texts are well formed. */
const END = '\uDFFF';

/** What a series counts besides its labels: it takes memory even with few. */
const SERIES_BYTES = 128;

const slots = new SeriesCache<SeriesSlot>({ entriesMax: 200_000, bytesMax: 128 * 1024 * 1024 });

/** The series of a label set, its name included. */
function slotOf(labels: SentLabels): SeriesSlot {
  let key = '';
  for (const [name, value] of labels) {
    key += name + END + value + END;
  }
  const isKept = key.length <= KEY_LENGTH_MAX;
  const known = isKept ? slots.get(key) : undefined;
  if (known !== undefined) {
    return known;
  }
  const slot = new SeriesSlot(normalizeLabels(labels));
  if (isKept) {
    slots.set(key, slot, key.length * 2 + ENTRY_BYTES + labels.length * LABEL_BYTES);
  }
  return slot;
}

/** A float of a series; `stale` ends the series. */
export type PointValue = number | 'stale';

interface PointSample {
  readonly slot: SeriesSlot;
  readonly value: PointValue;
  readonly isDelta: boolean;
}

interface PointHistogram {
  readonly slot: SeriesSlot;
  readonly histogram: NativeHistogram;
  readonly isDelta: boolean;
}

interface PointExemplar {
  readonly slot: SeriesSlot;
  readonly timestampMs: number;
  readonly value: number;
  readonly labels: Labels;
}

/**
 * One record of a protocol as the series that it becomes: a histogram is many. Made the same by the gateway, which asks whether the series may be, and the worker, which stores
 * them.
 */
export class TranslatedPoint {
  readonly timestampMs: number;
  readonly startMs: number;
  readonly kind: DataPointKind;
  readonly #labels: SentLabels;
  readonly #labelBytes: LabelBytes;
  /** What the labels take in each series. */
  readonly #lengthEach: number;
  readonly #samples: PointSample[] = [];
  readonly #histograms: PointHistogram[] = [];
  readonly #exemplars: PointExemplar[] = [];
  #fault: RecordFault | undefined;

  /** `labels` are those that all its series have. */
  constructor(
    labels: SentLabels,
    times: { readonly timestampMs: number; readonly startMs: number },
    kind: DataPointKind,
    labelBytes: LabelBytes,
  ) {
    this.#labels = labels;
    this.#labelBytes = labelBytes;
    this.#lengthEach = labels.reduce((sum, [name, value]) => sum + name.length + value.length, SERIES_BYTES);
    this.timestampMs = times.timestampMs;
    this.startMs = times.startMs;
    this.kind = kind;
  }

  /** A series of this point: the name, and a label of its own where it has one. */
  series(metric: string, own?: readonly [name: string, value: string]): SeriesSlot {
    this.#labelBytes.take(this.#lengthEach);
    const labels: SentLabels = own === undefined ? this.#labels : [...this.#labels, own];
    const named: SentLabels = [[METRIC_NAME, metric], ...labels];
    // Its series differ by the label that we give them, so the first says what is wrong with all.
    if (this.#samples.length + this.#histograms.length === 0) {
      this.#fault = checkLabels(named);
    }
    return slotOf(named);
  }

  sample(slot: SeriesSlot, value: PointValue, isDelta = false): void {
    this.#samples.push({ slot, value, isDelta });
  }

  histogram(slot: SeriesSlot, histogram: NativeHistogram, isDelta = false): void {
    this.#histograms.push({ slot, histogram, isDelta });
  }

  exemplar(slot: SeriesSlot, timestampMs: number, value: number, labels: Labels): void {
    this.#exemplars.push({ slot, timestampMs, value, labels });
  }

  /** The gateway's half: the verdict on the record. */
  judge(verdict: MetricVerdictBuilder): void {
    if (this.#fault !== undefined) {
      verdict.reject(this.#fault);
      return;
    }
    const isAdmitted =
      this.#samples.every(({ slot }) => verdict.admits(slot.series.id)) &&
      this.#histograms.every(({ slot }) => verdict.admits(slot.series.id));
    if (isAdmitted) {
      verdict.accept(this.kind, this.#increments());
    } else {
      verdict.reject(TOO_MANY_SERIES);
    }
  }

  #increments(): number {
    let increments = 0;
    for (const { isDelta } of this.#samples) {
      increments += isDelta ? 1 : 0;
    }
    for (const { isDelta } of this.#histograms) {
      increments += isDelta ? 1 : 0;
    }
    return increments;
  }

  /** The worker's half. */
  addTo(batch: MetricBatchBuilder): void {
    const { timestampMs, startMs } = this;
    for (const { slot, value, isDelta } of this.#samples) {
      const columns = isDelta ? batch.deltaSamples : batch.samples;
      if (value === 'stale') {
        columns.addBits(batch.indexOf(slot), timestampMs, STALE_LOW, STALE_HIGH, startMs);
      } else {
        columns.add(batch.indexOf(slot), timestampMs, value, startMs);
      }
    }
    for (const { slot, histogram, isDelta } of this.#histograms) {
      const list = isDelta ? batch.deltaHistograms : batch.histograms;
      list.push({ series: batch.indexOf(slot), timestampMs, startMs, histogram });
    }
    for (const { slot, ...exemplar } of this.#exemplars) {
      batch.exemplars.push({ series: batch.indexOf(slot), ...exemplar });
    }
  }
}
