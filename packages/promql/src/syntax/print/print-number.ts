// Numbers as Go's FormatFloat(…, 'f', -1, 64) writes them: https://pkg.go.dev/strconv#FormatFloat. Durations as Prometheus does: https://pkg.go.dev/github.com/prometheus/common/model#Duration.String
const WITH_EXPONENT = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?e(?<exponent>[+-]\d+)$/;

/** The units in ms; years and weeks are only used when nothing is left over, since 90d is easier to read than 12w6d. */
const UNITS: readonly (readonly [unit: string, ms: number, isExact: boolean])[] = [
  ['y', 31_536_000_000, true],
  ['w', 604_800_000, true],
  ['d', 86_400_000, false],
  ['h', 3_600_000, false],
  ['m', 60_000, false],
  ['s', 1000, false],
  ['ms', 1, false],
];
const MS_PER_SECOND = 1000;

function withoutExponent(text: string): string {
  const groups = WITH_EXPONENT.exec(text)?.groups;
  if (groups === undefined) {
    return text;
  }
  const { sign = '', whole = '', fraction = '', exponent = '' } = groups;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) {
    return `${sign}0.${'0'.repeat(-point)}${digits}`;
  }
  return point >= digits.length
    ? sign + digits.padEnd(point, '0')
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** A number without an exponent: `0.00001`, `+Inf`, `NaN`. */
export function printNumber(value: number): string {
  if (Number.isFinite(value)) {
    return Object.is(value, -0) ? '-0' : withoutExponent(String(value));
  }
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

/** A whole number of ms with units: `1h30m`, `-5m`, `0s`. */
export function printDurationMs(ms: number): string {
  let rest = Math.abs(ms);
  let text = '';
  for (const [unit, size, isExact] of UNITS) {
    if (rest >= size && !(isExact && rest % size !== 0)) {
      text += `${Math.floor(rest / size)}${unit}`;
      rest %= size;
    }
  }
  const isMinus = ms < 0 || Object.is(ms, -0);
  return (isMinus ? '-' : '') + (text === '' ? '0s' : text);
}

/** A number of seconds with units, as it was written; as a number when it has no whole ms. */
export function printDurationSeconds(seconds: number): string {
  const ms = Math.round(seconds * MS_PER_SECOND);
  return ms / MS_PER_SECOND === seconds ? printDurationMs(ms) : printNumber(seconds);
}
