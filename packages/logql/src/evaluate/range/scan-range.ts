import { AegisError, type LogBlock } from '@aegisguard/model';
import type { Grouping } from '../../syntax/ast/grouping.ts';
import type { RangeAggregation } from '../../syntax/ast/range-aggregation.ts';
import type { Evaluation } from '../evaluation.ts';
import type { QuerySelection } from '../select/plan-selection.ts';
import type { Turns } from '../turns.ts';
import { hasPoints, type VectorSeries } from '../value.ts';
import { cellKind, type FoldedOperation } from './cells.ts';
import { KeptSamples, type SampleOperation, windowFunction } from './kept-samples.ts';
import type { LineSample, LineSampler } from './line-sampler.ts';
import { SeriesTable } from './series-table.ts';
import { slideWindows } from './slide-windows.ts';
import type { WindowBuckets } from './window-buckets.ts';
import { windowTimes } from './window-times.ts';

/** Of all series of an aggregation together: some 40 MB, and a second to sort them. */
const SAMPLES_MAX = 2_000_000;
/** A range aggregation made ready: where its logs come from, and what they are. */
export interface RangeScan {
  readonly aggregation: RangeAggregation;
  readonly grouping: Grouping | undefined;
  readonly selection: QuerySelection;
  readonly windows: WindowBuckets;
  readonly sampler: LineSampler;
}

/** Keeps what is needed of the samples of each series, and makes the series in the end. */
interface SampleSink {
  /** `time` in nanoseconds since the first window begins. */
  add(sample: LineSample, bucket: number, time: number): void;
  results(turns: Turns): AsyncIterable<VectorSeries>;
}

/** Reads all logs of a range aggregation, and adds each one's sample to its series and window. Memory is for series times points, or for a bounded count of samples. */
export async function scanRange(evaluation: Evaluation, scan: RangeScan): Promise<VectorSeries[]> {
  const { reader, orgId, turns, cost } = evaluation;
  const { windows } = scan;
  const { matchers, lineFilters, hints } = scan.selection;
  const sink = sinkOf(evaluation, scan);
  const onBlock = (block: LogBlock): void => addBlock(scan, sink, block, turns);
  cost.add(
    await reader.scanLogs(orgId, { matchers, lineFilters, hints, ...windowTimes(windows) }, turns.bounds, onBlock),
  );
  const found: VectorSeries[] = [];
  for await (const series of sink.results(turns)) {
    if (hasPoints(series)) {
      found.push(series);
    }
  }
  return found;
}

function addBlock({ windows, sampler }: RangeScan, sink: SampleSink, block: LogBlock, turns: Turns): void {
  const { timestamps, lines, labels } = block;
  const stretch = turns.stretch();
  for (let at = 0; at < lines.length; at += 1) {
    stretch.check();
    const timestamp = timestamps[at] ?? 0n;
    const bucket = windows.bucketOf(timestamp);
    const source = labels[at];
    if (bucket < 0 || source === undefined) {
      continue;
    }
    const sample = sampler.sample({ timestamp, line: lines[at] ?? '', labels: source });
    if (sample !== undefined) {
      sink.add(sample, bucket, Number(timestamp - windows.after));
    }
  }
}

function sinkOf(evaluation: Evaluation, scan: RangeScan): SampleSink {
  const { operation } = scan.aggregation;
  return operation === 'quantile_over_time' || operation === 'rate_counter'
    ? keepingSink(evaluation, scan, operation)
    : foldingSink(evaluation, scan, foldedOperation(operation));
}

function foldedOperation(
  operation: Exclude<RangeAggregation['operation'], 'quantile_over_time' | 'rate_counter'>,
): FoldedOperation {
  switch (operation) {
    case 'rate':
    case 'bytes_rate':
      return 'rate';
    case 'count_over_time':
    case 'bytes_over_time':
    case 'absent_over_time':
    case 'sum_over_time':
      return 'sum';
    default:
      return operation;
  }
}

function foldingSink(
  { grid: { points }, cells }: Evaluation,
  { grouping, windows }: RangeScan,
  operation: FoldedOperation,
): SampleSink {
  const kind = cellKind(operation, windows.rangeSeconds);
  const { width } = kind;
  const table = new SeriesTable(grouping, () => {
    cells.take(windows.count * width);
    return new Float64Array(windows.count * width);
  });
  return {
    add: ({ labels, value }, bucket, time) => kind.add(table.of(labels), bucket * width, value, time),
    async *results(turns) {
      cells.take(table.size * points);
      for (const { labels, state } of table.all) {
        await turns.pass();
        yield slideWindows(labels, kind, state, windows, points);
      }
    },
  };
}

function keepingSink(
  { grid: { points }, cells }: Evaluation,
  { aggregation, grouping, windows }: RangeScan,
  operation: SampleOperation,
): SampleSink {
  const table = new SeriesTable(grouping, () => new KeptSamples());
  const result = windowFunction(operation, aggregation.parameter ?? 0, windows.rangeSeconds);
  let samples = 0;
  return {
    add: ({ labels, value }, bucket, time) => {
      samples += 1;
      if (samples > SAMPLES_MAX) {
        throw new AegisError('query-too-large', {
          detail: `${operation} looks at more than ${SAMPLES_MAX} samples; select less, or choose a shorter time.`,
          members: { limit: SAMPLES_MAX },
        });
      }
      table.of(labels).add(bucket, value, time);
    },
    async *results(turns) {
      cells.take(table.size * points);
      for (const { labels, state } of table.all) {
        yield await state.series(labels, windows, points, result, turns);
      }
    },
  };
}
