import type { DurationExpression } from './duration-expression.ts';
import type { SourceRange } from './source-range.ts';
import type { VectorSelector } from './vector-selector.ts';

/** `http_requests_total[5m]`: at each time t the samples in (t − range, t]. `offset`, `@`, `anchored` and `smoothed` stand in the selector. */
export interface MatrixSelector {
  readonly kind: 'matrix-selector';
  readonly selector: VectorSelector;
  readonly range: DurationExpression;
  readonly source: SourceRange;
}
