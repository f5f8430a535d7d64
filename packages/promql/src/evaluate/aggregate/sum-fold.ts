import { compactHistogram, type Labels, type NativeHistogram } from '@aegisguard/model';
import { HISTOGRAM_MESSAGES } from '../../histograms/histogram-messages.ts';
import { HistogramSum } from '../../histograms/histogram-sum.ts';
import type { SourceRange } from '../../syntax/ast/source-range.ts';
import type { Annotations } from '../annotations.ts';
import { metricName } from '../label-order.ts';
import { type SeriesDraft, setPoint } from '../series-draft.ts';
import { POINT, type VectorSeries } from '../value.ts';
import { FloatMeans } from './float-means.ts';
import { FloatSums, type FloatTotals } from './float-sums.ts';
import type { GroupFold } from './group-fold.ts';

/** Of what has no sum: histograms that do not go together, or that come after floats. Nothing is added to it, so that one thing is told of it. */
const IMPOSSIBLE = 'impossible';

/** `sum` and `avg`, of floats or of histograms; of both together there is none. */
export class SumFold implements GroupFold {
  readonly #op: 'sum' | 'avg';
  readonly #floats: FloatTotals;
  readonly #histograms = new Map<number, HistogramSum | typeof IMPOSSIBLE>();
  /** Metrics of histograms that do not go together. */
  readonly #mixed = new Set<string>();
  readonly #annotations: Annotations;
  readonly #source: SourceRange;

  constructor(op: 'sum' | 'avg', points: number, annotations: Annotations, source: SourceRange) {
    this.#op = op;
    this.#floats = op === 'sum' ? new FloatSums(points) : new FloatMeans(points);
    this.#annotations = annotations;
    this.#source = source;
  }

  add(member: VectorSeries): void {
    if (member.histograms === undefined && this.#histograms.size === 0) {
      this.#floats.addAll(member);
    } else {
      this.#addMixed(member);
    }
  }

  result(labels: Labels, dropsName: boolean): VectorSeries {
    for (const metric of this.#mixed) {
      this.#annotations.warn(HISTOGRAM_MESSAGES.mixedSchemas(metric), this.#source);
    }
    const draft: SeriesDraft = { labels, dropsName, ...this.#floats.column(), histograms: undefined };
    for (const [point, sum] of [...this.#histograms].sort(([a], [b]) => a - b)) {
      if (draft.kinds[point] === POINT.float) {
        draft.kinds[point] = POINT.absent;
        this.#annotations.warn('encountered a mix of histograms and floats for aggregation', this.#source);
      } else if (sum !== IMPOSSIBLE) {
        this.#setHistogram(draft, point, sum);
      }
    }
    return draft;
  }

  /** Of a point that is impossible nothing more is looked at. */
  #addMixed({ labels, kinds, values, histograms }: VectorSeries): void {
    const floatKinds = kinds.map((kind, point) =>
      kind === POINT.float && this.#histograms.get(point) !== IMPOSSIBLE ? kind : POINT.absent,
    );
    for (let point = 0; point < kinds.length; point += 1) {
      const histogram = kinds[point] === POINT.histogram ? histograms?.[point] : undefined;
      if (histogram !== undefined) {
        this.#addHistogram(point, histogram, labels);
      }
    }
    this.#floats.addAll({ kinds: floatKinds, values });
  }

  #addHistogram(point: number, histogram: NativeHistogram, labels: Labels): void {
    const sum = this.#histograms.get(point);
    if (sum === undefined) {
      const isFirst = !this.#floats.hasAny(point);
      this.#histograms.set(
        point,
        isFirst ? new HistogramSum(histogram, this.#op === 'sum' ? 'sum' : 'mean') : IMPOSSIBLE,
      );
    } else if (sum !== IMPOSSIBLE && !sum.add(histogram)) {
      this.#histograms.set(point, IMPOSSIBLE);
      this.#mixed.add(metricName(labels));
    }
  }

  #setHistogram(draft: SeriesDraft, point: number, sum: HistogramSum): void {
    if (sum.areBoundsReconciled) {
      this.#annotations.inform(HISTOGRAM_MESSAGES.boundsReconciled('aggregation'), this.#source);
    }
    if (sum.isResetConflict) {
      this.#annotations.warn(HISTOGRAM_MESSAGES.resetConflict('aggregation'), this.#source);
    }
    setPoint(draft, point, compactHistogram(sum.value()));
  }
}
