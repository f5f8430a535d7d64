// https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations
import { parseDuration } from '@aegisguard/model';

const NANOS_PER_SECOND = 1e9;

/** The value of a number as the grammar has it, without its sign: decimal, `0x1f`, `1_000`, `inf`, `nan`, or a duration, whose value is its seconds. */
export function parseNumber(text: string): number {
  const plain = text.replaceAll('_', '').toLowerCase();
  if (plain === 'inf') {
    return Number.POSITIVE_INFINITY;
  }
  if (/^(?:\d+(?:ms|[smhdwy]))+$/.test(plain)) {
    return Number(parseDuration(plain) ?? Number.NaN) / NANOS_PER_SECOND;
  }
  return plain === 'nan' ? Number.NaN : Number(plain);
}
