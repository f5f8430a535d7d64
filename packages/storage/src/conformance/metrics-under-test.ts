import { createHash } from 'node:crypto';
import type {
  DeltaColumns,
  Labels,
  MetricBatch,
  MetricSelection,
  MetricSeries,
  NativeHistogram,
  OrgId,
  SampleColumns,
  SeriesSamples,
} from '@aegisguard/model';
import type { MetricEncoder, MetricInsertReport, StorageDriver } from '../driver.ts';
import { newBatchId, patient, RECEIVED_AT_MS } from './storage-under-test.ts';

/** What the suite needs of the driver that it runs on. */
export interface MetricsUnderTest {
  /** Open and migrated; every case uses organizations of its own. */
  readonly driver: () => StorageDriver;
  readonly newEncoder: () => MetricEncoder;
  /** The float samples that a selection means, found in the plainest way: what drivers are compared with. */
  readonly referenceSamples: (
    written: readonly Required<TestSample>[],
    selection: MetricSelection,
  ) => readonly Pick<SeriesSamples, 'labels' | 'timestampsMs' | 'values' | 'startsMs'>[];
  /** Strings known to break programs; undefined when the corpus is not there. */
  readonly naughtyStrings: readonly string[] | undefined;
  /** As in `StorageUnderTest`. */
  readonly sameStatementsAs?: string;
}

/** A float sample of a test. */
export interface TestSample {
  readonly labels: Labels;
  /** Unix ms. */
  readonly timestampMs: number;
  readonly value: number;
  readonly startMs?: number;
}

/** A histogram of a test. */
interface TestHistogram {
  readonly labels: Labels;
  readonly timestampMs: number;
  readonly startMs?: number;
  readonly histogram: NativeHistogram;
}

/** What a batch of a test holds. */
export interface TestMetrics {
  readonly samples?: readonly TestSample[];
  readonly histograms?: readonly TestHistogram[];
  readonly deltas?: readonly TestSample[];
  readonly histogramDeltas?: readonly TestHistogram[];
  readonly exemplars?: readonly (Omit<TestSample, 'startMs'> & { readonly exemplar: Labels })[];
  readonly metadata?: MetricBatch['metadata'];
}

/** Unix ms of a time of 2026-11-20, in seconds after 10:00 UTC. */
export function atMs(seconds: number): number {
  return RECEIVED_AT_MS + seconds * 1000;
}

const DAY_MS = 86_400_000;
/** Unix ms of 10:00 UTC yesterday: when came what the engine's own clock lets expire some weeks later. */
export const YESTERDAY_MS = Math.floor(Date.now() / DAY_MS - 1) * DAY_MS + 10 * 3_600_000;

/** Labels of a metric. */
export function labelsOf(metric: string, others: Readonly<Record<string, string>> = {}): Labels {
  return Object.entries({ ...others, ...(metric === '' ? {} : { __name__: metric }) }).sort(([left], [right]) =>
    left < right ? -1 : 1,
  );
}

/** A batch in columns, every label set once. */
export function metricBatch(metrics: TestMetrics): MetricBatch {
  const series: MetricSeries[] = [];
  const indexes = new Map<string, number>();
  const indexOf = (labels: Labels) => {
    const key = JSON.stringify(labels);
    const known = indexes.get(key) ?? series.length;
    if (known === series.length) {
      const metric = labels.find(([name]) => name === '__name__')?.[1] ?? '';
      series.push({ id: hash(key), metricId: hash(metric), labels });
      indexes.set(key, known);
    }
    return known;
  };
  const columns = (samples: readonly TestSample[] = []): SampleColumns => ({
    count: samples.length,
    series: Uint32Array.from(samples, ({ labels }) => indexOf(labels)),
    timestampMs: Float64Array.from(samples, ({ timestampMs }) => timestampMs),
    value: Float64Array.from(samples, ({ value }) => value),
    startMs: Float64Array.from(samples, ({ startMs }) => startMs ?? 0),
  });
  const rows = (histograms: readonly TestHistogram[] = []): DeltaColumns['histograms'] =>
    histograms.map(({ labels, timestampMs, startMs, histogram }) => ({
      series: indexOf(labels),
      timestampMs,
      startMs: startMs ?? 0,
      histogram,
    }));
  return {
    samples: columns(metrics.samples),
    histograms: rows(metrics.histograms),
    exemplars: (metrics.exemplars ?? []).map(({ labels, timestampMs, value, exemplar }) => ({
      series: indexOf(labels),
      timestampMs,
      value,
      labels: exemplar,
    })),
    metadata: metrics.metadata ?? [],
    deltas: { samples: columns(metrics.deltas), histograms: rows(metrics.histogramDeltas) },
    series,
  };
}

/** Encodes batches of one organization as one thread would and inserts them as one group; each has its id, so that it can come again. */
export async function insertMetrics(
  store: MetricsUnderTest,
  orgId: OrgId,
  ...batches: readonly (TestMetrics & {
    readonly batchId?: string;
    readonly receivedAtMs?: number;
    readonly isRedelivery?: boolean;
  })[]
): Promise<MetricInsertReport> {
  const encoder = store.newEncoder();
  const encoded = batches.map((metrics) => {
    const { batchId = newBatchId(), receivedAtMs = YESTERDAY_MS, isRedelivery = false } = metrics;
    const batch = { batchId, receivedAtMs, retentionDays: 20_000 };
    return encoder.encode(orgId, batch, metricBatch(metrics), isRedelivery);
  });
  return await store.driver().metrics.insert(encoded);
}

/** Everything of an organization, within a day of the suite's time. */
export async function readAllSamples(
  store: MetricsUnderTest,
  orgId: OrgId,
  metric?: string,
): Promise<readonly SeriesSamples[]> {
  const matchers = metric === undefined ? [] : [{ name: '__name__', op: '=' as const, value: metric }];
  const selection = { matchers, startMs: atMs(-86_400), endMs: atMs(86_400) };
  return (await store.driver().metrics.readSamples(orgId, selection, patient())).series;
}

/** Times in seconds after 10:00 and values of a series, as plain pairs. */
export function pointsOf(series: Pick<SeriesSamples, 'timestampsMs' | 'values'> | undefined): [number, number][] {
  return [...(series?.timestampsMs ?? [])].map((time, index) => [
    (time - RECEIVED_AT_MS) / 1000,
    series?.values[index] ?? 0,
  ]);
}

/** The bits of floats, in which NaNs differ. */
export function bitsOf(values: Float64Array): bigint[] {
  return [...new BigUint64Array(values.buffer, values.byteOffset, values.length)];
}

/** A native histogram with nothing in it but what is given. */
export function nativeHistogram(given: Partial<NativeHistogram> = {}): NativeHistogram {
  return {
    schema: 0,
    zeroThreshold: 0,
    zeroCount: 0,
    count: 0,
    sum: 0,
    positive: { spans: [], counts: [] },
    negative: { spans: [], counts: [] },
    customValues: [],
    resetHint: 'unknown',
    ...given,
  };
}

function hash(text: string): bigint {
  return createHash('sha256').update(text).digest().readBigUInt64BE();
}
