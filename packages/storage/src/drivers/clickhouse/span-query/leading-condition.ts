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
  return conditions.length <= 1
    ? (conditions[0] ?? EVERYTHING)
    : (await rarestCondition(reading, conditions, window)).condition;
}

/** The same, and which share of the spans meets it. */
export async function rarestCondition(
  reading: SpanReading,
  conditions: readonly Approximation[],
  window: SearchWindow,
): Promise<{ readonly condition: Approximation; readonly share: number }> {
  if (conditions.every((condition) => condition === EVERYTHING)) {
    return { condition: EVERYTHING, share: 1 };
  }
  const counts = conditions.map(({ sql }) => `countIf(${sql})`).join(', ');
  const [row = []] = await reading.rows(
    `SELECT count(), ${counts} FROM ${reading.spans} WHERE ${reading.org} AND ${timeCondition(window.start, window.end)}`,
  );
  const [all = 0, ...found] = row.map(Number);
  const fewest = Math.min(...found);
  return { condition: conditions[found.indexOf(fewest)] ?? EVERYTHING, share: fewest / Math.max(1, all) };
}
