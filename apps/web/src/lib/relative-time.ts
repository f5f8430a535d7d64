const WORDS = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'long' });

const MINUTE_MS = 60_000;
const UNITS = [
  ['minute', MINUTE_MS],
  ['hour', 60 * MINUTE_MS],
  ['day', 24 * 60 * MINUTE_MS],
  ['month', 30 * 24 * 60 * MINUTE_MS],
  ['year', 365 * 24 * 60 * MINUTE_MS],
] as const;

/** How far a time is away, in words: `just now`, `3 minutes ago`, `yesterday`, `in 2 months`. */
export function relativeWords(ms: number, nowMs: number): string {
  const away = ms - nowMs;
  const size = Math.abs(away);
  if (size < MINUTE_MS) {
    return away <= 0 ? 'just now' : 'in less than a minute';
  }
  const [unit, unitMs] = UNITS.findLast(([, each]) => size >= each) ?? UNITS[0];
  return WORDS.format(Math.trunc(away / unitMs), unit);
}
