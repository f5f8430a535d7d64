import type { LogMetricChange } from '@aegisguard/model';
import { KEPT_MS, type LogTotals, READ_MS } from '../log-metrics.ts';

/** A row of `label_sets`. */
type Row = Readonly<Record<string, unknown>>;

/** What becomes of a row, or of none. One that rested goes on from what it was; one that was to be forgotten, or has other buckets now, begins anew. */
export function changed(row: Row | undefined, { bounds, set, add }: LogMetricChange, now: number) {
  const isKnown = row?.bounds === bounds.join(' ') && Number(row.changed) >= now - KEPT_MS;
  const total = isKnown ? numbersIn(row.total) : [];
  const isResting = isKnown && Number(row.changed) < now - READ_MS;
  const before = isResting ? total : isKnown ? numbersIn(row.before) : add.map(() => 0);
  return {
    since: isKnown && !isResting ? Number(row.since) : now,
    total: add.map((more, at) => (set ?? total[at] ?? 0) + more).join(' '),
    before: before.join(' '),
    bounds: bounds.join(' '),
  };
}

/** What a row says. */
export function totalsOf(row: Row): LogTotals {
  const labels = JSON.parse(String(row.labels)) as LogTotals['labels'];
  const metadata = JSON.parse(String(row.metadata)) as LogTotals['metadata'];
  const bounds = numbersIn(row.bounds);
  return {
    labels,
    metadata,
    bounds,
    values: numbersIn(row.total),
    before: numbersIn(row.before),
    sinceMs: Number(row.since),
  };
}

/** Doubles as texts that are the same doubles. */
function numbersIn(text: unknown): readonly number[] {
  return text === '' ? [] : String(text).split(' ').map(Number);
}
