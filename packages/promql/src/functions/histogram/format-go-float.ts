// https://pkg.go.dev/strconv#FormatFloat, the format `g`

/** The largest exponent that is not written out, when as many digits as needed are. */
const EXPONENT_MAX = 6;

/** A number as Go's `%g` writes it, or, with a number of digits, as `%.2g` does. */
export function formatGoFloat(value: number, digits?: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : `${value < 0 ? '-' : '+'}Inf`;
  }
  const [mantissa = '0', exponentText = '0'] = value
    .toExponential(digits === undefined ? undefined : digits - 1)
    .split('e');
  const exponent = Number(exponentText);
  const sign = Object.is(value, -0) ? '-' : '';
  if (exponent < -4 || exponent >= (digits ?? EXPONENT_MAX)) {
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${trimZeros(mantissa)}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  const decimals = Math.max(0, (digits ?? mantissa.replace(/[^0-9]/g, '').length) - 1 - exponent);
  return sign + trimZeros(value.toFixed(Math.min(100, decimals)));
}

/** A number as OpenMetrics writes it in a label: never without a point or an exponent. */
export function formatOpenMetricsFloat(value: number): string {
  const text = formatGoFloat(value);
  return Number.isFinite(value) && !/[.e]/.test(text) ? `${text}.0` : text;
}

function trimZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
