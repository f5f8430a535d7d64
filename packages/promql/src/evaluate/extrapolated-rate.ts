// https://prometheus.io/docs/prometheus/latest/querying/functions/#rate and #increase
import type { SeriesSamples } from '@aegisguard/model';
import type { FunctionName } from '../syntax/ast/function-call.ts';
import type { EvaluationTimes } from './evaluation-times.ts';
import { PointColumns } from './point-columns.ts';
import { WindowBounds } from './window-bounds.ts';

const MS_PER_SECOND = 1000;
/** A window's first or last sample is near its edge when it is no further away than the samples' mean distance and a tenth. */
const NEAR = 1.1;

/** The floats of one series that `rate` or `increase` give, and how many windows were left out for their histograms. */
export interface RatePoints {
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
  /** Windows with histograms only. */
  readonly histogramWindows: number;
  /** Windows with floats and histograms. */
  readonly mixedWindows: number;
}

/** Indexes of the samples that are smaller than the one before: the counter began anew. */
function findResets(values: Float64Array): Float64Array {
  const resets: number[] = [];
  for (let index = 1; index < values.length; index += 1) {
    if ((values[index] ?? 0) < (values[index - 1] ?? 0)) {
      resets.push(index);
    }
  }
  return Float64Array.from(resets);
}

/** By how much a window's increase is multiplied to stand for the whole window (all in seconds): up to its edges where samples are near them, half a mean distance further where not, and never below where the counter was 0. */
function extrapolation(
  sampled: number,
  samples: number,
  toStart: number,
  toEnd: number,
  first: number,
  increase: number,
): number {
  const mean = sampled / (samples - 1);
  const threshold = mean * NEAR;
  let before = toStart >= threshold ? mean / 2 : toStart;
  if (increase > 0 && first >= 0) {
    before = Math.min(before, sampled * (first / increase));
  }
  return (sampled + before + (toEnd >= threshold ? mean / 2 : toEnd)) / sampled;
}

/** How much a counter rose in windows that only move forward, of at least two samples: what it lost when it began anew is added. */
class Increases {
  readonly #values: Float64Array;
  readonly #resets: Float64Array;
  readonly #window: WindowBounds;

  constructor(values: Float64Array) {
    this.#values = values;
    this.#resets = findResets(values);
    this.#window = new WindowBounds(this.#resets);
  }

  in({ first, end }: WindowBounds): number {
    this.#window.moveTo(first, end - 1);
    let increase = (this.#values[end - 1] ?? 0) - (this.#values[first] ?? 0);
    for (let at = this.#window.first; at < this.#window.end; at += 1) {
      increase += this.#values[(this.#resets[at] ?? 0) - 1] ?? 0;
    }
    return increase;
  }
}

/** Evaluates `rate` or `increase` of one series without staleness markers over the windows (t − range, t]. */
export function extrapolatedRate(
  { timestampsMs, values, histograms }: Pick<SeriesSamples, 'timestampsMs' | 'values' | 'histograms'>,
  { points, references }: EvaluationTimes,
  rangeMs: number,
  operation: FunctionName,
): RatePoints {
  const increases = new Increases(values);
  const unit = operation === 'rate' ? rangeMs / MS_PER_SECOND : 1;
  const found = new PointColumns(points.length);
  const floats = new WindowBounds(timestampsMs);
  const others = new WindowBounds(Float64Array.from(histograms, ({ timestampMs }) => timestampMs));
  let [histogramWindows, mixedWindows] = [0, 0];
  for (const [index, reference] of references.entries()) {
    const afterMs = reference - rangeMs;
    floats.moveTo(afterMs, reference);
    others.moveTo(afterMs, reference);
    if (others.size > 0) {
      mixedWindows += floats.size > 0 ? 1 : 0;
      histogramWindows += floats.size === 0 && others.size > 1 ? 1 : 0;
    } else if (floats.size > 1) {
      const increase = increases.in(floats);
      const [firstMs, lastMs] = [timestampsMs[floats.first] ?? 0, timestampsMs[floats.end - 1] ?? 0];
      const factor = extrapolation(
        (lastMs - firstMs) / MS_PER_SECOND,
        floats.size,
        (firstMs - afterMs) / MS_PER_SECOND,
        (reference - lastMs) / MS_PER_SECOND,
        values[floats.first] ?? 0,
        increase,
      );
      found.push(points[index] ?? 0, increase * (factor / unit));
    }
  }
  return { ...found.columns(), histogramWindows, mixedWindows };
}
