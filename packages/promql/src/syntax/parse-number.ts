// https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations
import { invalidQuery } from '@aegisguard/model';
import { shorten, type Token } from './token.ts';

const MS_PER_SECOND = 1000;
/** What a duration holds: 2^63 ns, in seconds. */
export const DURATION_MAX_SECONDS = 2 ** 63 / 1e9;

const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
/** Of the groups of `DURATION`, in ms. */
const UNITS_MS = [31_536_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1];

/** The value of a duration token, in ms. */
export function parseDurationMs({ text, from }: Token): number {
  const groups = DURATION.exec(text);
  if (groups === null) {
    throw invalidQuery(from, `not a valid duration string: ${shorten(text)}`);
  }
  const ms = UNITS_MS.reduce((total, unit, index) => total + Number(groups[index + 1] ?? 0) * unit, 0);
  if (ms > DURATION_MAX_SECONDS * MS_PER_SECOND) {
    throw invalidQuery(from, 'duration out of range');
  }
  return ms;
}

/** The value of a number or duration token, without its sign; a duration counts in seconds. */
export function parseNumber(token: Token): number {
  if (token.kind === 'duration') {
    return parseDurationMs(token) / MS_PER_SECOND;
  }
  const plain = token.text.replaceAll('_', '').toLowerCase();
  if (plain === 'inf') {
    return Number.POSITIVE_INFINITY;
  }
  if (plain === 'nan') {
    return Number.NaN;
  }
  // A whole number with a leading zero is octal, as in Go; with an 8 or 9 in it, it is decimal after all.
  const value = /^0[0-7]+$/.test(plain) ? Number.parseInt(plain, 8) : Number(plain);
  if (!Number.isFinite(value)) {
    throw invalidQuery(
      token.from,
      `error parsing number: strconv.ParseFloat: parsing ${shorten(token.text)}: value out of range`,
    );
  }
  return value;
}
