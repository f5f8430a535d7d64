import type { LogPatternsAnswer } from '@aegisguard/model';

/** A form of lines. */
export type Pattern = LogPatternsAnswer['patterns'][number];

/** The orders of patterns: most frequent, most severe, growing the most, least frequent. */
export const PATTERN_ORDERS = ['count', 'severity', 'growth', 'rare'] as const;

/** One of them. */
export type PatternOrder = (typeof PATTERN_ORDERS)[number];

/** Reads an order; the first for what is none. */
export function parsePatternOrder(text: string | null): PatternOrder {
  return PATTERN_ORDERS.find((order) => order === text) ?? 'count';
}

/** How much a pattern's lines are worth looking at by their levels: those of errors count, those of warnings a little. */
function severityOf({ levels }: Pattern): number {
  return (levels.fatal ?? 0) * 4 + (levels.error ?? 0) * 2 + (levels.warn ?? 0) * 0.1;
}

/** How many more of a pattern's lines are in the second half of the time than in the first, as a share of all of them: −1 to 1. */
export function growthOf({ counts, count }: Pattern): number {
  const half = Math.floor(counts.length / 2);
  const first = counts.slice(0, half).reduce((sum, each) => sum + each, 0);
  const second = counts.slice(counts.length - half).reduce((sum, each) => sum + each, 0);
  return count === 0 ? 0 : (second - first) / count;
}

/** What orders patterns, the highest first. A growth counts by the lines that it brings, or a pattern of two lines would always be the first. */
function rankOf(pattern: Pattern, order: PatternOrder): number {
  switch (order) {
    case 'count':
      return pattern.count;
    case 'severity':
      return severityOf(pattern);
    case 'growth':
      return growthOf(pattern) * Math.sqrt(pattern.count);
    case 'rare':
      return -pattern.count;
  }
}

/** Patterns in an order; what is alike by it stays as it was. */
export function orderPatterns(patterns: readonly Pattern[], order: PatternOrder): readonly Pattern[] {
  return patterns
    .map((pattern) => ({ pattern, rank: rankOf(pattern, order) }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ pattern }) => pattern);
}
