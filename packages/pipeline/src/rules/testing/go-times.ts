import { type Json, Unresolved } from './go-values.ts';

const NANOS_PER_MS = 1_000_000n;
const MONTH_OFFSETS: Readonly<Record<string, (ms: number) => number>> = {
  'time.UTC': () => 0,
  loc: () => 0,
  est: () => -5 * 3_600_000,
  // New York: summer from March to November.
  validLocation: newYork,
  location: newYork,
};
const UNIT_MS: Readonly<Record<string, number>> = {
  'time.Hour': 3_600_000,
  'time.Minute': 60_000,
  'time.Second': 1000,
};

function newYork(ms: number): number {
  const month = new Date(ms).getUTCMonth();
  return (month >= 3 && month <= 9 ? -4 : -5) * 3_600_000;
}

type Call = { readonly $call: string; readonly args: readonly Json[] };

/** A time of Go's as Unix nanoseconds; undefined where none is given. Throws `Unresolved` for what only Go knows. */
export function goTime(value: Json | undefined, nowMs: number): bigint | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const { $call, args = [] } = value as unknown as Partial<Call>;
  switch ($call) {
    case 'time.Now().Add': {
      const [, count = '', unit = ''] =
        /^(-?\d+) \* (time\.\w+)$/.exec(String((args[0] as { $expr?: string }).$expr)) ?? [];
      return BigInt(nowMs + Number(count) * (UNIT_MS[unit] ?? Number.NaN)) * NANOS_PER_MS;
    }
    case 'time.Unix':
      return BigInt(Number(args[0])) * 1_000_000_000n + BigInt(Number(args[1]));
    case 'mustParseTime':
      return rfc3339Nanos(String(args[1]));
    case 'time.Date':
      return date(args, nowMs);
    default:
      throw new Unresolved(String($call ?? JSON.stringify(value)));
  }
}

function date(args: readonly Json[], nowMs: number): bigint {
  const [year, month, day, hour, minute, second, nanos, zone] = args;
  const whole = typeof year === 'number' ? year : new Date(nowMs).getUTCFullYear();
  const local = Date.UTC(whole, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return BigInt(local - offsetOf(zone, local)) * NANOS_PER_MS + BigInt(Number(nanos));
}

function offsetOf(zone: Json | undefined, localMs: number): number {
  const { $ident = '', $call, args = [] } = (zone ?? {}) as unknown as Partial<Call> & { readonly $ident?: string };
  if ($call === 'time.FixedZone') {
    return Number(args[1]) * 1000;
  }
  const offset = MONTH_OFFSETS[$ident];
  if (offset === undefined) {
    throw new Unresolved(`the zone ${$ident}`);
  }
  return offset(localMs);
}

function rfc3339Nanos(text: string): bigint {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? [];
  return BigInt(Date.parse(text.replace(/\.\d+/, ''))) * NANOS_PER_MS + BigInt(fraction.padEnd(9, '0'));
}
