// Floating point numbers as Go writes them: https://pkg.go.dev/strconv#FormatFloat

/** Without a precision, an exponent is written from here on. */
const SHORTEST_EXPONENT_MAX = 6;
const EXPONENT_MIN = -4;
/** From here on, JavaScript writes an exponent. */
const FIXED_MAX = 1e21;
/** More digits tell nothing, and JavaScript writes up to 100. */
export const PRECISION_MAX = 100;

function special(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function signOf(value: number): string {
  return value < 0 || Object.is(value, -0) ? '-' : '';
}

function withGoExponent(digits: string): string {
  const [mantissa = '', power = '0'] = digits.split('e');
  const exponent = Number(power);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/**
 * A number with so many digits behind the point. Go rounds what is right in the middle to the even digit, JavaScript up: `write` is `toFixed` or `toExponential`.
 */
function roundToEven(write: (count: number) => string, count: number): string {
  const rounded = write(count);
  const longer = write(Math.min(count + 1, PRECISION_MAX));
  const [digits = '', power = ''] = longer.split('e');
  if (!/[02468]\.?5$/.test(digits)) {
    return rounded;
  }
  // What is behind the five decides; a hundred digits are more than a number has that ends with it.
  const [exact = ''] = write(PRECISION_MAX).split('e');
  const isTie = /^0*$/.test(exact.slice(digits.length)) && exact.startsWith(digits);
  return isTie ? digits.slice(0, count === 0 ? -2 : -1) + (power === '' ? '' : `e${power}`) : rounded;
}

function toExponential(magnitude: number, precision: number | undefined): string {
  return precision === undefined
    ? magnitude.toExponential()
    : roundToEven((count) => magnitude.toExponential(count), Math.min(precision, PRECISION_MAX));
}

/** `%e`; the fewest digits that tell the number without a precision. */
export function formatExponent(value: number, precision?: number): string {
  return Number.isFinite(value)
    ? signOf(value) + withGoExponent(toExponential(Math.abs(value), precision))
    : special(value);
}

/** All digits before the point, however many. */
function wholeAndFraction(magnitude: number, precision: number): string {
  if (magnitude < FIXED_MAX) {
    return roundToEven((count) => magnitude.toFixed(count), precision);
  }
  return BigInt(magnitude).toString() + (precision > 0 ? `.${'0'.repeat(precision)}` : '');
}

/** Digits with a point behind the first, moved by the exponent. */
function fixedDigits(mantissa: string, exponent: number): string {
  const digits = mantissa.replace('.', '');
  if (exponent < 0) {
    return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  }
  if (digits.length <= exponent + 1) {
    return digits.padEnd(exponent + 1, '0');
  }
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

function shortestFixed(magnitude: number): string {
  const [mantissa = '', power = '0'] = magnitude.toExponential().split('e');
  return fixedDigits(mantissa, Number(power));
}

/** `%f`; the fewest digits that tell the number without a precision. */
export function formatFixed(value: number, precision?: number): string {
  if (!Number.isFinite(value)) {
    return special(value);
  }
  const magnitude = Math.abs(value);
  const digits =
    precision === undefined
      ? shortestFixed(magnitude)
      : wholeAndFraction(magnitude, Math.min(precision, PRECISION_MAX));
  return signOf(value) + digits;
}

/** `%g`; without a precision the fewest digits that tell the number, with an exponent from 10^6 on. */
export function formatGeneral(value: number, precision?: number): string {
  if (!Number.isFinite(value)) {
    return special(value);
  }
  const magnitude = Math.abs(value);
  const significant = precision === undefined ? undefined : Math.min(Math.max(precision, 1), PRECISION_MAX);
  const rounded = toExponential(magnitude, significant === undefined ? undefined : significant - 1);
  const [mantissa = '', power = '0'] = rounded.split('e');
  const exponent = Number(power);
  const digits = mantissa.replace(/\.?0*$/, '');
  if (exponent < EXPONENT_MIN || exponent >= (significant ?? SHORTEST_EXPONENT_MAX)) {
    return signOf(value) + withGoExponent(`${mantissa.includes('.') ? digits : mantissa}e${power}`);
  }
  return signOf(value) + fixedDigits(mantissa.includes('.') ? digits : mantissa, exponent);
}

/** With `#`, there is always a point, and behind it the zeros of that many significant digits. */
export function withPoint(formatted: string, significant: number): string {
  const [digits = '', power] = formatted.split(/(?=e)/i);
  const pointed = digits.includes('.') ? digits : `${digits}.`;
  const count = pointed.replace(/^[-0.]+|\./g, '').length || pointed.replace(/[-.]/g, '').length;
  return pointed + '0'.repeat(Math.max(significant - count, 0)) + (power ?? '');
}
