import { type Labels, type LogMetricChange, METRIC_NAME } from '@aegisguard/model';
import type { LogMetric, Observation } from './log-metric.ts';

/** Series that the logs of one batch may change; each bucket of a histogram is one. */
const SERIES_MAX = 1_000;
/** UTF-8 of the names and values of a label set, before and behind scrubbing. */
const LABEL_BYTES_MAX = 1_024;
/** A histogram has besides its bounds +Inf, a sum and a count. */
const BESIDE_BOUNDS = 3;

/** What came to one label set of a metric. */
interface Cell {
  readonly labels: Labels;
  set: number | undefined;
  add: number;
  /** Observations by bucket, the last one beyond every bound; empty unless it is a histogram. */
  readonly counts: Float64Array;
}

/** Adds up what the logs of a batch do to metrics, so that a label set changes once for a batch. */
export class MetricTally {
  readonly #metrics = new Map<LogMetric, Map<string, Cell>>();
  #room = SERIES_MAX;
  #left = 0;

  /** How many observations found no room, and label sets that scrubbing made too long. */
  get left(): number {
    return this.#left;
  }

  get isEmpty(): boolean {
    return this.#metrics.size === 0;
  }

  add({ metric, labels, action, value }: Observation): void {
    const cell = this.#cellOf(metric, labels);
    if (cell === undefined) {
      this.#left += 1;
    } else if (action === 'set') {
      cell.set = value;
      cell.add = 0;
    } else {
      cell.add += value;
      if (action === 'observe') {
        const bucket = metric.bounds.findIndex((bound) => value <= bound);
        const at = bucket < 0 ? metric.bounds.length : bucket;
        cell.counts[at] = (cell.counts[at] ?? 0) + 1;
      }
    }
  }

  /** The changes, one for a label set. `scrub` gives labels as they may be stored: label sets that become the same are one. */
  changes(scrub: (labels: Labels) => Labels): readonly LogMetricChange[] {
    const changes = new Map<string, LogMetricChange>();
    for (const [metric, cells] of this.#metrics) {
      for (const cell of cells.values()) {
        const change = changeOf(metric, cell, scrub(cell.labels));
        if (bytesOf(change.labels) > LABEL_BYTES_MAX) {
          this.#left += 1;
          continue;
        }
        const key = keyOf([[METRIC_NAME, metric.metadata.metric], ...change.labels]);
        const earlier = changes.get(key);
        changes.set(key, earlier === undefined ? change : joined(earlier, change));
      }
    }
    return [...changes.values()];
  }

  #cellOf(metric: LogMetric, labels: Labels): Cell | undefined {
    const cells = this.#metrics.get(metric) ?? new Map<string, Cell>();
    const key = keyOf(labels);
    const known = cells.get(key);
    if (known !== undefined) {
      return known;
    }
    const isHistogram = metric.metadata.type === 'histogram';
    const room = isHistogram ? metric.bounds.length + BESIDE_BOUNDS : 1;
    if (room > this.#room || bytesOf(labels) > LABEL_BYTES_MAX) {
      return undefined;
    }
    this.#room -= room;
    const counts = new Float64Array(isHistogram ? metric.bounds.length + 1 : 0);
    const cell = { labels, set: undefined, add: 0, counts };
    cells.set(key, cell);
    this.#metrics.set(metric, cells);
    return cell;
  }
}

function bytesOf(labels: Labels): number {
  return labels.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
}

/** Lengths tell where a value ends, whatever is in it. */
function keyOf(labels: Labels): string {
  let key = '';
  for (const [name, value] of labels) {
    key += `${name} ${value.length} ${value}`;
  }
  return key;
}

function changeOf({ metadata, bounds }: LogMetric, { set, add, counts }: Cell, labels: Labels): LogMetricChange {
  if (metadata.type !== 'histogram') {
    return { metadata, labels, bounds, set, add: [add] };
  }
  let count = 0;
  const buckets = Array.from(counts, (observed) => {
    count += observed;
    return count;
  });
  return { metadata, labels, bounds, set, add: [...buckets, add, count] };
}

function joined(earlier: LogMetricChange, later: LogMetricChange): LogMetricChange {
  return later.set === undefined
    ? { ...earlier, add: earlier.add.map((value, at) => value + (later.add[at] ?? 0)) }
    : later;
}
