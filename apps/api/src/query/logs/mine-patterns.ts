import { type LogPattern, type LogQuery, patternFilter, printStage } from '@aegisguard/logql';
import {
  type LogOverview,
  type LogPatternsAnswer,
  type LogReader,
  NANOS_PER_MS,
  type OrgId,
  type QueryBounds,
  type UnixNanos,
} from '@aegisguard/model';
import { histogramGrid } from '../histogram-step.ts';
import { mineLines } from './mine-lines.ts';
import { sampledLines } from './sampled-lines.ts';

/** What is wanted. */
export interface PatternWish {
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  readonly limit: number;
  readonly buckets: number;
}

/** The forms of a query's lines, found in a sample of them. */
export async function minePatterns(
  logs: LogReader & LogOverview,
  orgId: OrgId,
  query: LogQuery,
  wish: PatternWish,
  bounds: QueryBounds,
): Promise<LogPatternsAnswer> {
  const { start, end, limit, buckets } = wish;
  const { startMs, stepMs, bars } = histogramGrid(start, end, buckets);
  const { lines, total, stats } = await sampledLines(logs, orgId, query, wish, bounds);
  const barOf = (timestamp: bigint) => Math.floor((Number(timestamp / NANOS_PER_MS) - startMs) / stepMs);
  const miner = await mineLines(lines, bars, barOf);
  const { patterns, others } = miner.patterns(limit);
  return {
    patterns: patterns.map(patternView),
    start: startMs,
    stepMs,
    bars,
    total,
    sampled: lines.length,
    others,
    stats,
  };
}

function patternView({ parts, count, counts, levels, sample }: LogPattern): LogPatternsAnswer['patterns'][number] {
  return {
    parts: parts.map((part) => (part.kind === 'text' ? part : { ...part, values: [...part.values] })),
    filter: printStage(patternFilter({ parts }, false)),
    exclude: printStage(patternFilter({ parts }, true)),
    count,
    counts: [...counts],
    levels: { ...levels },
    sample,
  };
}
