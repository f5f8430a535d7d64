import type { QueryStats } from '@aegisguard/model';
import type { EngineAnswer } from './engine.ts';

/** What several queries cost together. */
export function totalStats(answers: readonly EngineAnswer[]): QueryStats {
  return answers.reduce(
    (sum, { elapsedMs, rowsRead, bytesRead }) => ({
      elapsedMs: sum.elapsedMs + elapsedMs,
      rowsRead: sum.rowsRead + rowsRead,
      bytesRead: sum.bytesRead + bytesRead,
    }),
    { elapsedMs: 0, rowsRead: 0, bytesRead: 0 },
  );
}
