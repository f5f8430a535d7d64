/** A bucket, how many observations lie below it, and an estimate of how many lie below a value within it. */
export interface RankedBucket {
  readonly lower: number;
  readonly upper: number;
  readonly rank: number;
  rankAt(value: number): number;
}

/** How many observations of ascending buckets lie between two values; at most `most` lie below any. */
export function fractionBetween(buckets: readonly RankedBucket[], lower: number, upper: number, most: number): number {
  return rankOf(buckets, upper, most) - rankOf(buckets, lower, most);
}

function rankOf(buckets: readonly RankedBucket[], value: number, most: number): number {
  const bucket = buckets.find((candidate) => candidate.lower >= value || candidate.upper > value);
  if (bucket === undefined) {
    return most;
  }
  const rank = bucket.lower >= value ? bucket.rank : bucket.rankAt(value);
  return Math.min(rank, most);
}
