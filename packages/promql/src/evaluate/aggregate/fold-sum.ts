import { compactHistogram } from '@aegisguard/model';
import { HistogramSum } from '../../histograms/histogram-sum.ts';
import type { SourceRange } from '../../syntax/ast/source-range.ts';
import type { Annotations } from '../annotations.ts';
import { metricName } from '../label-order.ts';
import { draftSeries, pointOf, type SeriesDraft, setPoint } from '../series-draft.ts';
import { POINT, type VectorSeries } from '../value.ts';
import { FloatSums } from './float-sums.ts';
import { dropsName, type SeriesGroup } from './group-series.ts';

/** The sum or mean of floats or of histograms; of both together there is none. */
export function foldSum(
  op: 'sum' | 'avg',
  group: SeriesGroup,
  points: number,
  annotations: Annotations,
  source: SourceRange,
): VectorSeries {
  const result = draftSeries(group.labels, dropsName(group), points);
  const floats = new FloatSums(op, points);
  const hasHistograms = group.members.some(({ histograms }) => histograms !== undefined);
  for (const { kinds, values } of group.members) {
    for (let point = 0; point < points; point += 1) {
      if (kinds[point] === POINT.float) {
        floats.add(point, values[point] ?? 0);
      }
    }
  }
  for (let point = 0; point < points; point += 1) {
    if (hasHistograms && group.members.some(({ kinds }) => kinds[point] === POINT.histogram)) {
      if (floats.countAt(point) > 0) {
        annotations.warn('encountered a mix of histograms and floats for aggregation', source);
      } else {
        sumHistograms(op, group, point, result, annotations, source);
      }
    } else if (floats.countAt(point) > 0) {
      setPoint(result, point, floats.resultAt(point));
    }
  }
  return result;
}

function sumHistograms(
  op: 'sum' | 'avg',
  { members }: SeriesGroup,
  point: number,
  result: SeriesDraft,
  annotations: Annotations,
  source: SourceRange,
): void {
  let sum: HistogramSum | undefined;
  for (const member of members) {
    const histogram = pointOf(member, point);
    if (histogram === undefined || typeof histogram === 'number') {
      continue;
    }
    if (sum === undefined) {
      sum = new HistogramSum(histogram, op === 'sum' ? 'sum' : 'mean');
    } else if (!sum.add(histogram)) {
      annotations.warn(
        `vector contains a mix of histograms with exponential and custom buckets schemas for metric name ${JSON.stringify(metricName(member.labels))}`,
        source,
      );
      return;
    }
  }
  if (sum === undefined) {
    return;
  }
  if (sum.areBoundsReconciled) {
    annotations.inform('mismatched custom buckets were reconciled during aggregation', source);
  }
  if (sum.isResetConflict) {
    annotations.warn('conflicting counter resets during histogram aggregation', source);
  }
  setPoint(result, point, compactHistogram(sum.value()));
}
