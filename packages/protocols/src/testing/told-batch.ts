import type { MetricBatch, SampleColumns } from '@aegisguard/model';

/** A series as `name{label="value"}`, for a table of expectations. */
function nameOf(batch: MetricBatch, series: number): string {
  const labels = batch.series[series]?.labels ?? [];
  const name = labels.find(([label]) => label === '__name__')?.[1] ?? '';
  const others = labels.filter(([label]) => label !== '__name__').map(([label, value]) => `${label}="${value}"`);
  return `${name}{${others.join(',')}}`;
}

function toldSamples(
  batch: MetricBatch,
  samples: SampleColumns,
): [series: string, timeMs: number, value: number, startMs: number][] {
  return Array.from({ length: samples.count }, (_, at) => [
    nameOf(batch, samples.series[at] ?? -1),
    samples.timestampMs[at] ?? Number.NaN,
    samples.value[at] ?? Number.NaN,
    samples.startMs[at] ?? Number.NaN,
  ]);
}

/** The bits of a sample's value, as hexadecimal digits. */
export function bitsOf(samples: SampleColumns, at: number): string {
  return new BigUint64Array(samples.value.buffer, samples.value.byteOffset)[at]?.toString(16) ?? '';
}

/** What a batch says, with series instead of their places. */
export function toldBatch(batch: MetricBatch) {
  const named = <Item extends { readonly series: number }>(items: readonly Item[]) =>
    items.map(({ series, ...item }) => ({ of: nameOf(batch, series), ...item }));
  return {
    samples: toldSamples(batch, batch.samples),
    histograms: named(batch.histograms),
    exemplars: named(batch.exemplars),
    metadata: batch.metadata,
    deltaSamples: toldSamples(batch, batch.deltas.samples),
    deltaHistograms: named(batch.deltas.histograms),
  };
}
