import type { PrivacyFindingsAnswer, ScrubCount } from '@aegisguard/model';
import type { CountGrid } from '../count-grid.ts';

type Row = PrivacyFindingsAnswer['rows'][number];

/** The counts of a grid as rows, one for each signal, detector, strategy and place, the most frequent first. Counts outside the grid are not shown. */
export function findingRows(
  counts: readonly Omit<ScrubCount, 'orgId'>[],
  { startMs, stepMs, steps }: CountGrid,
): Row[] {
  const rows = new Map<string, Row>();
  for (const { signal, detector, strategy, place, minuteMs, count } of counts) {
    const step = Math.floor((minuteMs - startMs) / stepMs);
    if (step < 0 || step >= steps) {
      continue;
    }
    const name = JSON.stringify([signal, detector, strategy, place]);
    const row = rows.get(name) ?? { signal, detector, strategy, place, total: 0, counts: Array(steps).fill(0) };
    rows.set(name, row);
    row.total += count;
    row.counts[step] = (row.counts[step] ?? 0) + count;
  }
  return [...rows].sort(([a, one], [b, other]) => other.total - one.total || (a < b ? -1 : 1)).map(([, row]) => row);
}
