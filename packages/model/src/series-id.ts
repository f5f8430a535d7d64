import { hash } from 'node:crypto';
import type { Labels, MetricSeries } from './metric-batch.ts';
import { METRIC_NAME } from './normalize-labels.ts';

/** Ends each name and each value in what is hashed: it is in no UTF-8 text, so that no two label sets read the same. */
const END = 0xff;
const BYTES_PER_UNIT_MAX = 3;

let scratch = Buffer.allocUnsafe(4096);

function write(text: string, at: number): number {
  const end = at + scratch.write(text, at);
  scratch[end] = END;
  return end + 1;
}

/**
 * The id of a label set, which must be sorted and well formed: the first 64 bits, big-endian, of SHA-256 over its names and values in UTF-8 in turn, each ended by the byte 0xFF.
 * It is stored, so it never changes.
 */
export function seriesId(labels: Labels): bigint {
  let bytesMax = 0;
  for (const [name, value] of labels) {
    bytesMax += (name.length + value.length) * BYTES_PER_UNIT_MAX + 2;
  }
  if (bytesMax > scratch.length) {
    scratch = Buffer.allocUnsafe(bytesMax * 2);
  }
  let at = 0;
  for (const [name, value] of labels) {
    at = write(value, write(name, at));
  }
  return hash('sha256', scratch.subarray(0, at), 'buffer').readBigUInt64BE(0);
}

/** The id of a metric: that of the label set which has nothing but its name. */
export function metricId(name: string): bigint {
  return seriesId([[METRIC_NAME, name]]);
}

/** The metric that a label set is of; `''` for none. */
export function metricOf(labels: Labels): string {
  return labels.find(([name]) => name === METRIC_NAME)?.[1] ?? '';
}

/** The series of a label set, which must be as `normalizeLabels` makes it. */
export function seriesOf(labels: Labels): MetricSeries {
  return { id: seriesId(labels), metricId: metricId(metricOf(labels)), labels, cleanBy: undefined, written: undefined };
}
