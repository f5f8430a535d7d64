import type { LogBlock, LogCountQuery, LogCounts, LogReader, OrgId, QueryBounds } from '@aegisguard/model';
import { compilePipeline } from '../pipeline/compile-pipeline.ts';
import type { Query } from '../syntax/ast/query.ts';
import { logQueryOf } from './log-query-of.ts';
import { planSelection } from './select/plan-selection.ts';
import { Turns } from './turns.ts';

/** One of the six names for every log, also where a stream says it otherwise. */
const LEVEL = 'detected_level';
/** The bars of a histogram: bar i holds origin + i·bucket ≤ t < origin + (i+1)·bucket, of which those in [start, end) count. */
export type HistogramBars = Pick<LogCountQuery, 'start' | 'end' | 'origin' | 'bucket'>;

/** How many logs of a query there are, by bar and `detected_level`. A metric query counts those of its first range; numbers have none. The same errors as of the reader. */
export async function countByLevel(
  reader: LogReader,
  orgId: OrgId,
  query: Query,
  bars: HistogramBars,
  bounds: QueryBounds,
): Promise<LogCounts> {
  const logQuery = logQueryOf(query);
  if (logQuery === undefined) {
    return { series: [], stats: { elapsedMs: 0, rowsRead: 0, bytesRead: 0 } };
  }
  const { matchers, lineFilters, hints, stages } = planSelection(logQuery);
  if (stages.length === 0) {
    const count = { ...bars, matchers, lineFilters, edges: '[)' as const, by: [LEVEL], of: 'logs' as const };
    return reader.countLogs(orgId, count, bounds);
  }
  const turns = new Turns(bounds, () => performance.now());
  const pipeline = compilePipeline(stages);
  const counts = new LevelCounts(bars);
  const onBlock = ({ timestamps, lines, labels }: LogBlock): void => {
    const stretch = turns.stretch();
    for (const [at, source] of labels.entries()) {
      stretch.check();
      const timestamp = timestamps[at] ?? 0n;
      if (pipeline.process({ timestamp, line: lines[at] ?? '', labels: source }) !== undefined) {
        counts.add(source.derived[LEVEL] ?? '', timestamp);
      }
    }
  };
  const selection = { matchers, lineFilters, hints, start: bars.start, end: bars.end };
  const stats = await reader.scanLogs(orgId, selection, turns.bounds, onBlock);
  return { series: counts.series(), stats };
}

/** Counts per level and bar. */
class LevelCounts {
  readonly #bars: HistogramBars;
  readonly #byLevel = new Map<string, Map<number, number>>();

  constructor(bars: HistogramBars) {
    this.#bars = bars;
  }

  add(level: string, timestamp: bigint): void {
    const { origin, bucket } = this.#bars;
    // The bars' origin is not behind their start.
    const bar = Number((timestamp - origin) / bucket);
    const counts = this.#byLevel.get(level) ?? new Map<number, number>();
    this.#byLevel.set(level, counts);
    counts.set(bar, (counts.get(bar) ?? 0) + 1);
  }

  series(): LogCounts['series'] {
    return [...this.#byLevel].map(([level, counts]) => {
      const ascending = [...counts].sort(([a], [b]) => a - b);
      return {
        labels: { [LEVEL]: level },
        buckets: ascending.map(([bar]) => bar),
        counts: ascending.map(([, count]) => count),
      };
    });
  }
}
