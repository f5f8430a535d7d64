import type { Labels } from '@aegisguard/model';
import { draftSeries, type SeriesDraft } from './series-draft.ts';
import type { VectorSeries } from './value.ts';

/** Where the series of a vector go, one after the other, as soon as each is made. */
export interface SeriesSink {
  /** A series without points, to be made; the sink says in which memory. It is given back with `add`, or left. */
  draft(labels: Labels, dropsName: boolean): SeriesDraft;
  /** A series that has points. */
  add(series: VectorSeries): void;
}

/** A vector that is yet to be made. What needs its series only one at a time need not hold them all. */
export interface VectorStream {
  readonly type: 'stream';
  /** Makes the series. Once; returns how many samples they count for together. */
  give(sink: SeriesSink): Promise<number>;
}

/** Keeps the series, each in memory of its own. */
export class SeriesCollector implements SeriesSink {
  readonly series: VectorSeries[] = [];
  readonly #points: number;

  constructor(points: number) {
    this.#points = points;
  }

  draft(labels: Labels, dropsName: boolean): SeriesDraft {
    return draftSeries(labels, dropsName, this.#points);
  }

  add(series: VectorSeries): void {
    this.series.push(series);
  }
}

/** Memory in which one series is made after the other. */
export class ReusedColumns {
  readonly #columns: Pick<VectorSeries, 'kinds' | 'values'>;

  constructor(points: number) {
    this.#columns = { kinds: new Uint8Array(points), values: new Float64Array(points) };
  }

  /** A series without points; those made before it are no more. */
  draft(labels: Labels, dropsName: boolean): SeriesDraft {
    const { kinds, values } = this.#columns;
    kinds.fill(0);
    return { labels, dropsName, kinds, values, histograms: undefined };
  }
}
