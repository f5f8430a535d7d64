/** Rows that lie together and are read together. */
const GRANULE_ROWS = 8192;

/**
 * Takes one granule of so many: a condition on where rows lie, which costs next to nothing, and what is not taken is not read. The table is ordered by service and time, so granules far apart are spread
 * over both. Parts begin at different granules: small ones would all be taken, or none.
 */
export function sampleCondition(every: number): string {
  return every <= 1 ? '' : `PREWHERE (intDiv(_part_offset, ${GRANULE_ROWS}) + _part_index) % ${Math.floor(every)} = 0 `;
}

/** One granule of how many to take of so many rows for about `wanted` of them. */
export function sampleEvery(rows: number, wanted: number): number {
  return Math.max(1, Math.floor(rows / wanted));
}
