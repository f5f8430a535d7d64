/** How many logs have a value, in the part that is looked at and in the rest. */
export interface ValueCounts {
  readonly label: string;
  readonly value: string;
  readonly inside: number;
  readonly outside: number;
}

/** The same with how much larger (or smaller) its share is inside. */
export interface ValueDifference extends ValueCounts {
  /** Share inside minus share outside, −1 to 1. */
  readonly difference: number;
}

/** Below this G² a difference like it is found by chance once in a thousand values. */
const CHANCE = 10.83;

/**
 * The values whose shares differ the most, most telling first: by the log-likelihood ratio G² of a two by two table (Dunning 1993, https://aclanthology.org/J93-1003/), which a rare value cannot win by
 * chance nor a frequent one by size. What could be chance is left out.
 */
export function rankDifferences(
  values: readonly ValueCounts[],
  inside: number,
  outside: number,
  limit: number,
): readonly ValueDifference[] {
  if (inside === 0 || outside === 0) {
    return [];
  }
  return values
    .map((counts) => ({
      ...counts,
      difference: counts.inside / inside - counts.outside / outside,
      weight: likelihoodRatio(counts, inside, outside),
    }))
    .filter(({ weight }) => weight >= CHANCE)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, limit)
    .map(({ weight: _, ...difference }) => difference);
}

function likelihoodRatio(counts: ValueCounts, inside: number, outside: number): number {
  const all = inside + outside;
  const having = counts.inside + counts.outside;
  const cells: readonly (readonly [observed: number, expected: number])[] = [
    [counts.inside, (inside * having) / all],
    [counts.outside, (outside * having) / all],
    [inside - counts.inside, (inside * (all - having)) / all],
    [outside - counts.outside, (outside * (all - having)) / all],
  ];
  return (
    2 *
    cells.reduce((sum, [observed, expected]) => sum + (observed > 0 ? observed * Math.log(observed / expected) : 0), 0)
  );
}
