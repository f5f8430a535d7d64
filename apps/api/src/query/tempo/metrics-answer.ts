import type { TempoInstantAnswer, TempoRangeAnswer } from '@aegisguard/model';
import { labelText, type MetricsAnswer, type SeriesLabel } from '@aegisguard/traceql';
import type { z } from 'zod';
import { anyValue, type KeyValue } from './tempo-values.ts';

const NANOS_PER_MS = 1_000_000n;

function labelsOf(labels: readonly SeriesLabel[]): KeyValue[] {
  return labels.map((label) => ({ key: label.name, value: anyValue(label.value ?? '<nil>') }));
}

/** Labels as Prometheus writes them, with names in quotes that have dots. */
function promLabels(labels: readonly SeriesLabel[]): string {
  const pairs = labels.map((label) => {
    const name = /^[A-Za-z_]\w*$/.test(label.name) ? label.name : JSON.stringify(label.name);
    return `${name}=${JSON.stringify(labelText(label))}`;
  });
  return `{${pairs.join(', ')}}`;
}

function millis(nanos: bigint): string {
  return String(nanos / NANOS_PER_MS);
}

/** The answer to a metrics query over a range; buckets without a value are absent. */
export function rangeAnswer({ series, grid, stats }: MetricsAnswer): z.infer<typeof TempoRangeAnswer> {
  return {
    series: series.map(({ labels, values, exemplars }) => ({
      labels: labelsOf(labels),
      promLabels: promLabels(labels),
      samples: Array.from(values, (value, bucket) => ({ timestampMs: millis(grid.timeOf(bucket)), value })).filter(
        ({ value }) => Number.isFinite(value),
      ),
      ...(exemplars.length === 0
        ? {}
        : {
            exemplars: exemplars.map(({ traceId, spanId, time, value }) => ({
              labels: [
                { key: 'trace:id', value: anyValue(traceId) },
                { key: 'span:id', value: anyValue(spanId) },
              ],
              value,
              timestampMs: millis(time),
            })),
          }),
    })),
    metrics: { inspectedBytes: String(stats.bytesRead) },
  };
}

/** The answer to a metrics query whose range is one bucket. */
export function instantAnswer({ series, stats }: MetricsAnswer): z.infer<typeof TempoInstantAnswer> {
  return {
    series: series
      .map(({ labels, values }) => ({
        labels: labelsOf(labels),
        promLabels: promLabels(labels),
        value: values[0] ?? Number.NaN,
      }))
      .filter(({ value }) => Number.isFinite(value)),
    metrics: { inspectedBytes: String(stats.bytesRead) },
  };
}
