import type { SearchWindow } from '../search-windows.ts';
import { timeCondition } from '../selection-sql.ts';
import { type Approximation, EVERYTHING } from './approximation.ts';
import type { SpanReading } from './span-reading.ts';

/** The condition that the fewest spans of a window meet: traces are found by its spans. */
export async function leadingCondition(
  reading: SpanReading,
  conditions: readonly Approximation[],
  window: SearchWindow,
): Promise<Approximation> {
  if (conditions.length <= 1) {
    return conditions[0] ?? EVERYTHING;
  }
  const counts = conditions.map(({ sql }) => `countIf(${sql})`).join(', ');
  const [row = []] = await reading.rows(
    `SELECT ${counts} FROM ${reading.spans} WHERE ${reading.org} AND ${timeCondition(window.start, window.end)}`,
  );
  const found = row.map(Number);
  return conditions[found.indexOf(Math.min(...found))] ?? EVERYTHING;
}
