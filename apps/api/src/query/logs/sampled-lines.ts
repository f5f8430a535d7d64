import { type LogQuery, planSelection } from '@aegisguard/logql';
import type { LogOverview, LogReader, OrgId, QueryBounds, QueryStats, UnixNanos } from '@aegisguard/model';
import { newestLogs } from './newest-logs.ts';

/** Lines that patterns are found in. */
const LINES_MAX = 20_000;
/** The same where a pipeline must look at each. */
const PIPELINE_LINES_MAX = 10_000;

/** A line that stands for others. */
export interface SampledLine {
  readonly timestamp: bigint;
  readonly line: string;
  readonly level: string;
}

/** Lines of a query. */
export interface SampledLines {
  readonly lines: readonly SampledLine[];
  /** About how many logs there are; null when only looking at each would tell. */
  readonly total: number | null;
  readonly stats: QueryStats;
}

/** Lines spread over the logs of a query; the newest, where a pipeline must look at each. */
export async function sampledLines(
  logs: LogReader & LogOverview,
  orgId: OrgId,
  query: LogQuery,
  { start, end }: { readonly start: UnixNanos; readonly end: UnixNanos },
  bounds: QueryBounds,
): Promise<SampledLines> {
  const { stages, ...selection } = planSelection(query);
  if (stages.length > 0) {
    const range = { start, end, limit: PIPELINE_LINES_MAX };
    const { found, hasMore, stats } = await newestLogs(logs, orgId, query, range, bounds);
    const lines = found.map(({ log, line }) => ({ timestamp: log.position.timestamp, line, level: log.level }));
    return { lines, total: hasMore ? null : lines.length, stats };
  }
  const sample = await logs.sampleLogs(orgId, { ...selection, start, end, limit: LINES_MAX }, bounds);
  const lines = sample.lines.map((line, at) => ({
    timestamp: sample.timestamps[at] ?? start,
    line,
    level: sample.levels[at] ?? '',
  }));
  return { lines, total: Math.round(lines.length * sample.logsPerLine), stats: sample.stats };
}
