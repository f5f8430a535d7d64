import type { QueryStats } from './log-reader.ts';

/** What several queries cost together. */
export function totalStats(answers: readonly QueryStats[]): QueryStats {
  return answers.reduce(
    (sum, { elapsedMs, rowsRead, bytesRead }) => ({
      elapsedMs: sum.elapsedMs + elapsedMs,
      rowsRead: sum.rowsRead + rowsRead,
      bytesRead: sum.bytesRead + bytesRead,
    }),
    { elapsedMs: 0, rowsRead: 0, bytesRead: 0 },
  );
}
