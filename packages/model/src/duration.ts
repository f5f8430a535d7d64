// Durations as Prometheus and Loki write them: https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations

/** The units and their nanoseconds, longest first; a day is 24 h, a year 365 d. */
const UNITS: readonly (readonly [name: string, nanos: bigint])[] = [
  ['y', 31_536_000_000_000_000n],
  ['w', 604_800_000_000_000n],
  ['d', 86_400_000_000_000n],
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
  ['us', 1000n],
  ['ns', 1n],
];
const NANOS_OF_UNIT: ReadonlyMap<string, bigint> = new Map([...UNITS, ['µs', 1000n], ['μs', 1000n]]);

/** Longer than any duration worth writing; keeps the work on a hostile text small. */
const LENGTH_MAX = 64;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|μs|ms|s|m|h|d|w|y))+$/;
const PART = /(\d+)(?:\.(\d+))?([a-zµμ]+)/g;
const FRACTION_DIGITS_MAX = 18;

/** Reads `5s`, `1h30m`, `1.5d` and so on as nanoseconds; `undefined` when the text is not a duration. */
export function parseDuration(text: string): bigint | undefined {
  if (text.length > LENGTH_MAX || !DURATION.test(text)) {
    return undefined;
  }
  let total = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(PART)) {
    const nanos = NANOS_OF_UNIT.get(unit) ?? 0n;
    const decimals = fraction.slice(0, FRACTION_DIGITS_MAX);
    total += BigInt(whole) * nanos + (BigInt(decimals === '' ? 0 : decimals) * nanos) / 10n ** BigInt(decimals.length);
  }
  return total;
}

/** Writes nanoseconds (≥ 0) in the form that `parseDuration` reads, largest unit first: `1h30m`; zero is `0s`. */
export function formatDuration(nanos: bigint): string {
  let rest = nanos;
  let text = '';
  for (const [name, size] of UNITS) {
    const count = rest / size;
    if (count > 0n) {
      text += `${count}${name}`;
      rest -= count * size;
    }
  }
  return text === '' ? '0s' : text;
}
