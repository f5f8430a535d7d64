import type { RangeAggregation } from './range-aggregation.ts';

/** `sum by (service) (rate({…}[5m]))`. */
export interface VectorAggregation {
  readonly kind: 'vector-aggregation';
  readonly operation: 'sum';
  /** Distinct label names; none makes one group of everything. */
  readonly by: readonly string[];
  readonly operand: RangeAggregation;
}
