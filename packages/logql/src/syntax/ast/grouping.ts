/** `by (a, b)` or `without (a, b)`. */
export interface Grouping {
  readonly kind: 'by' | 'without';
  /** In the query's order, distinct. */
  readonly labels: readonly string[];
}
