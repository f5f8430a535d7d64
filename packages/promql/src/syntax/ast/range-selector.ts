import type { SourceRange } from './source-range.ts';
import type { VectorSelector } from './vector-selector.ts';

/** `http_requests_total[5m]`: at each time t the samples in (t − range, t]. `offset` and `@` stand in the selector, whichever side of the brackets they were written on. */
export interface RangeSelector {
  readonly kind: 'range-selector';
  readonly selector: VectorSelector;
  /** > 0. */
  readonly rangeMs: number;
  readonly source: SourceRange;
}
