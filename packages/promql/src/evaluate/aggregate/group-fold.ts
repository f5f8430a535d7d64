import type { VectorSeries } from '../value.ts';

/** An aggregation of a group that is given one member after the other. */
export interface GroupFold {
  add(member: VectorSeries): void;
  /** What the members given so far are together. */
  result(): VectorSeries;
}
