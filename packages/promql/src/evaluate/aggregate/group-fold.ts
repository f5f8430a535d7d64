import type { Labels } from '@aegisguard/model';
import type { VectorSeries } from '../value.ts';

/** An aggregation of a group that is given one member after the other. It keeps none of them, and tells what is odd about them with the result. */
export interface GroupFold {
  add(member: VectorSeries): void;
  /** What the members given are together. Once, at the end. */
  result(labels: Labels, dropsName: boolean): VectorSeries;
}
