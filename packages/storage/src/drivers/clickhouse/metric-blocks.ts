import type {
  ExemplarSample,
  HistogramSample,
  Labels,
  MetricMetadata,
  MetricSeries,
  NativeHistogram,
  OrgId,
  SampleColumns,
} from '@aegisguard/model';
import type { BatchIdentity, MetricTable } from '../../driver.ts';
import { writeInt64s, writePicked } from './int64-column.ts';
import { METRIC_INSERT_COLUMNS, RESET_HINTS } from './metric-columns.ts';
import { NativeBlockWriter } from './native-block-writer.ts';
import type { TimeSpan } from './series-memory.ts';
import { uuidBytes, uuidColumnBytes } from './uuid-bytes.ts';

const writer = new NativeBlockWriter();
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

type Columns<Table extends MetricTable> = Record<(typeof METRIC_INSERT_COLUMNS)[Table][number][0], () => void>;

/** Whose rows a block holds. */
export interface BlockOwner {
  readonly orgId: OrgId;
  readonly batch: BatchIdentity;
}

/** A series and the times that its row tells of. */
export interface SeenSeries extends TimeSpan {
  readonly series: MetricSeries;
}

/** Ids of a batch's series as columns pick them. */
export class SeriesIds {
  readonly metricIds: BigUint64Array;
  readonly seriesIds: BigUint64Array;

  constructor(series: readonly MetricSeries[]) {
    const count = series.length;
    this.metricIds = new BigUint64Array(count);
    this.seriesIds = new BigUint64Array(count);
    // A loop: there are thousands in every batch, and `from` would call a function for each.
    for (let at = 0; at < count; at += 1) {
      const { id, metricId } = series[at] as MetricSeries;
      this.metricIds[at] = metricId;
      this.seriesIds[at] = id;
    }
  }
}

/** A block of `metric_series_weeks`. */
export function seriesBlock(owner: BlockOwner, rows: readonly SeenSeries[]): Uint8Array {
  return block('series', rows.length, {
    ...ownerColumns(owner, rows.length),
    metric: () => writer.texts(rows.map(({ series }) => metricName(series.labels))),
    metric_id: () => writer.fixed(BigUint64Array.from(rows, ({ series }) => series.metricId)),
    series_id: () => writer.fixed(BigUint64Array.from(rows, ({ series }) => series.id)),
    // The name is a column of its own.
    labels: () => writeMaps(rows.map(({ series }) => series.labels.filter(([name]) => name !== '__name__'))),
    first_seen: () =>
      writeInt64s(
        writer,
        Float64Array.from(rows, ({ firstMs }) => firstMs),
        rows.length,
      ),
    last_seen: () =>
      writeInt64s(
        writer,
        Float64Array.from(rows, ({ lastMs }) => lastMs),
        rows.length,
      ),
  });
}

/** A block of `metric_samples`. */
export function samplesBlock(owner: BlockOwner, ids: SeriesIds, samples: SampleColumns): Uint8Array {
  const { count } = samples;
  return block('samples', count, {
    ...ownerColumns(owner, count),
    metric_id: () => writePicked(writer, ids.metricIds, samples.series, count),
    series_id: () => writePicked(writer, ids.seriesIds, samples.series, count),
    timestamp: () => writeInt64s(writer, samples.timestampMs, count),
    // Bytes, not numbers: a NaN keeps its bits.
    value: () => writer.fixed(new Uint8Array(samples.value.buffer, samples.value.byteOffset, count * 8)),
    start_ms: () => writeInt64s(writer, samples.startMs, count),
  });
}

/** A block of `metric_histograms`. */
export function histogramsBlock(owner: BlockOwner, ids: SeriesIds, rows: readonly HistogramSample[]): Uint8Array {
  const floats = (get: (histogram: NativeHistogram) => number) => () =>
    writer.fixed(Float64Array.from(rows, ({ histogram }) => get(histogram)));
  const floatArrays = (get: (histogram: NativeHistogram) => readonly number[]) => () =>
    writeArrays(
      rows.map(({ histogram }) => get(histogram)),
      (joined) => Float64Array.from(joined),
    );
  const offsets = (side: 'positive' | 'negative') => () =>
    writeArrays(
      rows.map(({ histogram }) => histogram[side].spans.map(({ offset }) => offset)),
      (joined) => Int32Array.from(joined),
    );
  const lengths = (side: 'positive' | 'negative') => () =>
    writeArrays(
      rows.map(({ histogram }) => histogram[side].spans.map(({ length }) => length)),
      (joined) => Uint32Array.from(joined),
    );
  return block('histograms', rows.length, {
    ...pointColumns(owner, ids, rows),
    start_ms: () =>
      writeInt64s(
        writer,
        Float64Array.from(rows, ({ startMs }) => startMs),
        rows.length,
      ),
    schema: () => writer.fixed(new Uint8Array(Int8Array.from(rows, ({ histogram }) => histogram.schema).buffer)),
    zero_threshold: floats(({ zeroThreshold }) => zeroThreshold),
    zero_count: floats(({ zeroCount }) => zeroCount),
    count: floats(({ count }) => count),
    sum: floats(({ sum }) => sum),
    positive_offsets: offsets('positive'),
    positive_lengths: lengths('positive'),
    positive_counts: floatArrays(({ positive }) => positive.counts),
    negative_offsets: offsets('negative'),
    negative_lengths: lengths('negative'),
    negative_counts: floatArrays(({ negative }) => negative.counts),
    custom_values: floatArrays(({ customValues }) => customValues),
    reset_hint: () => writer.fixed(Uint8Array.from(rows, ({ histogram }) => RESET_HINTS.indexOf(histogram.resetHint))),
  });
}

/** A block of `metric_exemplars`. */
export function exemplarsBlock(owner: BlockOwner, ids: SeriesIds, rows: readonly ExemplarSample[]): Uint8Array {
  return block('exemplars', rows.length, {
    ...pointColumns(owner, ids, rows),
    value: () => writer.fixed(Float64Array.from(rows, ({ value }) => value)),
    labels: () => writeMaps(rows.map(({ labels }) => labels)),
  });
}

/** A block of `metric_metadata`. */
export function metadataBlock(owner: BlockOwner, rows: readonly MetricMetadata[]): Uint8Array {
  return block('metadata', rows.length, {
    organization_id: ownerColumns(owner, rows.length).organization_id,
    metric: () => writer.texts(rows.map(({ metric }) => metric)),
    type: () => writer.texts(rows.map(({ type }) => type)),
    unit: () => writer.texts(rows.map(({ unit }) => unit)),
    help: () => writer.texts(rows.map(({ help }) => help)),
    updated_at: () => writeInt64s(writer, new Float64Array(rows.length).fill(owner.batch.receivedAtMs), rows.length),
  });
}

/** A block of `metric_hours`; the ends of hours in seconds. */
export function hoursBlock(owner: BlockOwner, hourEnds: readonly number[]): Uint8Array {
  return block('hours', hourEnds.length, {
    ...ownerColumns(owner, hourEnds.length),
    hour_end: () => writer.fixed(Uint32Array.from(hourEnds)),
  });
}

/** Ends, in Unix seconds, of the hours that float samples lie in: an hour holds its end and not its beginning. */
export function hourEndsOf(...all: readonly Pick<SampleColumns, 'count' | 'timestampMs'>[]): number[] {
  const ends = new Set<number>();
  for (const { count, timestampMs } of all) {
    for (let row = 0; row < count; row += 1) {
      ends.add(Math.ceil((timestampMs[row] ?? 0) / HOUR_MS));
    }
  }
  return [...ends].map((hours) => (hours * HOUR_MS) / 1000);
}

/** A block of `metric_usage`: what the batch counts for. */
export function usageBlock(owner: BlockOwner, metrics: number): Uint8Array {
  return block('usage', 1, {
    organization_id: ownerColumns(owner, 1).organization_id,
    day: () => writer.fixed(Uint16Array.of(Math.floor(owner.batch.receivedAtMs / DAY_MS))),
    batch_id: () => writer.fixed(uuidBytes(owner.batch.batchId)),
    metrics: () => writer.fixed(Uint32Array.of(metrics)),
  });
}

function block<Table extends MetricTable>(table: Table, rowCount: number, columns: Columns<Table>): Uint8Array {
  const types: readonly (readonly [string, string])[] = METRIC_INSERT_COLUMNS[table];
  const writes: Readonly<Record<string, () => void>> = columns;
  writer.start(types.length, rowCount);
  for (const [name, type] of types) {
    writer.column(name, type);
    writes[name]?.();
  }
  return writer.finish();
}

function ownerColumns({ orgId, batch }: BlockOwner, count: number) {
  const organization = uuidColumnBytes(orgId);
  const retention = new Uint8Array(Uint16Array.of(batch.retentionDays).buffer);
  return {
    organization_id: () => writer.repeated(organization, count),
    retention_days: () => writer.repeated(retention, count),
  };
}

function pointColumns(
  owner: BlockOwner,
  ids: SeriesIds,
  rows: readonly { readonly series: number; readonly timestampMs: number }[],
) {
  const picks = Uint32Array.from(rows, ({ series }) => series);
  const times = Float64Array.from(rows, ({ timestampMs }) => timestampMs);
  return {
    ...ownerColumns(owner, rows.length),
    metric_id: () => writePicked(writer, ids.metricIds, picks, rows.length),
    series_id: () => writePicked(writer, ids.seriesIds, picks, rows.length),
    timestamp: () => writeInt64s(writer, times, rows.length),
  };
}

function metricName(labels: Labels): string {
  return labels.find(([name]) => name === '__name__')?.[1] ?? '';
}

/** An array column is the ends of the rows' parts, then the parts joined. */
function writeArrays(
  rows: readonly (readonly number[])[],
  typed: (joined: number[]) => Float64Array | Int32Array | Uint32Array,
): void {
  writeEnds(rows);
  writer.fixed(typed(rows.flat()));
}

function writeMaps(rows: readonly Labels[]): void {
  writeEnds(rows);
  const joined = rows.flat();
  writer.texts(joined.map(([name]) => name));
  writer.texts(joined.map(([, value]) => value));
}

function writeEnds(rows: readonly (readonly unknown[])[]): void {
  const ends = new BigUint64Array(rows.length);
  let end = 0;
  for (const [row, { length }] of rows.entries()) {
    end += length;
    ends[row] = BigInt(end);
  }
  writer.fixed(ends);
}
