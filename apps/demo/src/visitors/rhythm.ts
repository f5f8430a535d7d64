/** A day of the shop, from one night to the next, in this many minutes: a chart of an hour shows two. */
const DAY_MINUTES = 30;
/** Of the busiest time. */
const NIGHT_SHARE = 0.25;

/** How busy the shop is at a time, 0 to 1: little at night, most at midday and a little more towards the evening. */
export function busynessAt(timeMs: number): number {
  const dayMs = DAY_MINUTES * 60_000;
  const hour = ((timeMs % dayMs) / dayMs) * 24;
  const midday = Math.exp(-(((hour - 12) / 4) ** 2));
  const evening = 0.9 * Math.exp(-(((hour - 20) / 2.5) ** 2));
  return NIGHT_SHARE + (1 - NIGHT_SHARE) * Math.min(1, midday + evening);
}
