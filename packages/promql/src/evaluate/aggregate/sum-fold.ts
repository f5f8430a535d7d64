import { compactHistogram, type Labels, type NativeHistogram } from '@aegisguard/model';
import { HISTOGRAM_MESSAGES } from '../../histograms/histogram-messages.ts';
import { HistogramSum } from '../../histograms/histogram-sum.ts';
import type { SourceRange } from '../../syntax/ast/source-range.ts';
import type { Annotations } from '../annotations.ts';
import { metricName } from '../label-order.ts';
import { draftSeries, type SeriesDraft, setPoint } from '../series-draft.ts';
import { POINT, type VectorSeries } from '../value.ts';
import { FloatSums } from './float-sums.ts';
import type { GroupFold } from './group-fold.ts';

/** Of what has no sum: histograms that do not go together, or that come after floats. Nothing is added to it, so that one thing is told of it. */
const IMPOSSIBLE = 'impossible';

/** `sum` and `avg`, of floats or of histograms; of both together there is none. */
export class SumFold implements GroupFold {
  readonly #result: SeriesDraft;
  readonly #op: 'sum' | 'avg';
  readonly #floats: FloatSums;
  readonly #histograms = new Map<number, HistogramSum | typeof IMPOSSIBLE>();
  readonly #annotations: Annotations;
  readonly #source: SourceRange;

  constructor(
    op: 'sum' | 'avg',
    labels: Labels,
    dropsName: boolean,
    points: number,
    annotations: Annotations,
    source: SourceRange,
  ) {
    this.#op = op;
    this.#result = draftSeries(labels, dropsName, points);
    this.#floats = new FloatSums(op, points);
    this.#annotations = annotations;
    this.#source = source;
  }

  add({ labels, kinds, values, histograms }: VectorSeries): void {
    for (let point = 0; point < kinds.length; point += 1) {
      if (this.#histograms.get(point) === IMPOSSIBLE) {
        continue;
      }
      if (kinds[point] === POINT.float) {
        this.#floats.add(point, values[point] ?? 0);
      } else if (kinds[point] === POINT.histogram) {
        const histogram = histograms?.[point];
        if (histogram !== undefined) {
          this.#addHistogram(point, histogram, labels);
        }
      }
    }
  }

  result(): VectorSeries {
    const points = this.#result.kinds.length;
    for (let point = 0; point < points; point += 1) {
      const histograms = this.#histograms.get(point);
      if (this.#floats.countAt(point) === 0) {
        if (histograms !== undefined && histograms !== IMPOSSIBLE) {
          this.#setHistogram(point, histograms);
        }
      } else if (histograms === undefined) {
        setPoint(this.#result, point, this.#floats.resultAt(point));
      } else {
        this.#annotations.warn('encountered a mix of histograms and floats for aggregation', this.#source);
      }
    }
    return this.#result;
  }

  #addHistogram(point: number, histogram: NativeHistogram, labels: Labels): void {
    const sum = this.#histograms.get(point);
    if (sum === undefined) {
      const isFirst = this.#floats.countAt(point) === 0;
      this.#histograms.set(
        point,
        isFirst ? new HistogramSum(histogram, this.#op === 'sum' ? 'sum' : 'mean') : IMPOSSIBLE,
      );
    } else if (sum !== IMPOSSIBLE && !sum.add(histogram)) {
      this.#histograms.set(point, IMPOSSIBLE);
      this.#annotations.warn(HISTOGRAM_MESSAGES.mixedSchemas(metricName(labels)), this.#source);
    }
  }

  #setHistogram(point: number, sum: HistogramSum): void {
    if (sum.areBoundsReconciled) {
      this.#annotations.inform(HISTOGRAM_MESSAGES.boundsReconciled('aggregation'), this.#source);
    }
    if (sum.isResetConflict) {
      this.#annotations.warn(HISTOGRAM_MESSAGES.resetConflict('aggregation'), this.#source);
    }
    setPoint(this.#result, point, compactHistogram(sum.value()));
  }
}
