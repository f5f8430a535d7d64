import type { SelectedSeries } from './evaluation.ts';
import { liveSamples } from './live-samples.ts';
import type { RangeSeries } from './value.ts';

/** Series without staleness markers. Each is looked through when it is asked for, and is then still in the processor's cache for what it is needed for. */
export class LiveSeries implements Iterable<RangeSeries> {
  readonly #selected: SelectedSeries;

  constructor(selected: SelectedSeries) {
    this.#selected = selected;
  }

  get length(): number {
    return this.#selected.length;
  }

  *[Symbol.iterator](): Generator<RangeSeries> {
    for (const samples of this.#selected) {
      yield liveSamples(samples);
    }
  }
}
