/** Rows that lie together and are read together. */
const GRANULE_ROWS = 8192;

/**
 * Takes one granule of so many, evenly over all parts as if they lay one behind the other: a condition to be added to others. It is asked of the index alone (`indexHint`), which knows where a row lies, so what is not taken is not
 * looked at. The table is ordered by service and time, so granules far apart are spread over both.
 */
export function sampleCondition(table: string, every: number): string {
  if (every <= 1) {
    return '';
  }
  const step = GRANULE_ROWS * Math.floor(every);
  return ` AND indexHint(_part_starting_offset + _part_offset IN range(${step / 2}, assumeNotNull((SELECT count() FROM ${table})), ${step}))`;
}

/** One granule of how many to take of so many rows for about `wanted` of them. */
export function sampleEvery(rows: number, wanted: number): number {
  return Math.max(1, Math.floor(rows / wanted));
}
