import { hasPoints } from '../series-draft.ts';
import type { Value, VectorSeries } from '../value.ts';

/** Which points of series stay. */
export class SeriesMask {
  readonly #kept = new Map<VectorSeries, Uint8Array>();

  /** The point of the series stays. */
  keep(series: VectorSeries, point: number): void {
    const kinds = this.#kept.get(series) ?? new Uint8Array(series.kinds.length);
    this.#kept.set(series, kinds);
    kinds[point] = series.kinds[point] ?? 0;
  }

  /** What stays, in the order in which the series were first kept. */
  get value(): Value {
    const series = [...this.#kept].map(([one, kinds]) => ({ ...one, kinds }));
    return { type: 'vector', series: series.filter(hasPoints) };
  }
}
