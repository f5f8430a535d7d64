/** A condition that spans of some traces meet and that the primary key can use: the projection `by_trace` tells where they lie in the table's order. */
export function spanPlaces(table: string, ofTraces: string): string {
  return `(service, timestamp) IN (SELECT service, timestamp FROM ${table} WHERE ${ofTraces})`;
}
