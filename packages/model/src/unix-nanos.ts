/** Nanoseconds since the Unix epoch, UTC. A bigint because a double holds only ~256 ns steps at today's dates. */
export type UnixNanos = bigint & { readonly __brand: 'UnixNanos' };

export const NANOS_PER_MS = 1_000_000n;
export const NANOS_PER_SECOND = 1_000_000_000n;

/** The earliest and latest times that storage can hold (DateTime64(9) in ClickHouse: 1900 to 2262). */
export const UNIX_NANOS_MIN = 0n as UnixNanos;
export const UNIX_NANOS_MAX = 9_223_372_036_000_000_000n as UnixNanos;

/** Brands a bigint of nanoseconds. */
export function unixNanos(value: bigint): UnixNanos {
  return value as UnixNanos;
}

/** Milliseconds (as `Date.now()` gives) to nanoseconds. */
export function nanosFromMs(ms: number): UnixNanos {
  return (BigInt(Math.trunc(ms)) * NANOS_PER_MS) as UnixNanos;
}

/** RFC 3339 in UTC with nine fractional digits, the form of every time in an answer (contract §6). */
export function formatRfc3339Nanos(time: UnixNanos): string {
  const ms = time / NANOS_PER_MS;
  const rest = time % NANOS_PER_MS;
  const whole = new Date(Number(ms)).toISOString();
  return `${whole.slice(0, -1)}${rest.toString().padStart(6, '0')}Z`;
}
