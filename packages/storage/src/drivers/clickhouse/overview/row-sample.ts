/** Rows that lie together and are read together, where they are not so large that it is fewer. */
const GRANULE_ROWS = 8192;

/** Which rows are looked at. */
export interface RowSample {
  /** One granule of so many. */
  readonly every: number;
  /** How many rows one that is looked at stands for. */
  readonly scale: number;
}

export const ALL_ROWS: RowSample = { every: 1, scale: 1 };

/**
 * Takes a granule of each so many, evenly over all parts as if they lay one behind the other: a condition to be added to others. It is asked of the index alone (`indexHint`), which knows where a row lies, so what is not taken is not
 * looked at. The table is ordered by service and time, so granules far apart are spread over both. Granules of large rows or small parts have fewer rows than others: what was taken has to be counted.
 */
export function sampleCondition(table: string, every: number): string {
  if (every <= 1) {
    return '';
  }
  const step = GRANULE_ROWS * Math.floor(every);
  return ` AND indexHint(_part_starting_offset + _part_offset IN range(${step / 2}, assumeNotNull((SELECT count() FROM ${table})), ${step}))`;
}
