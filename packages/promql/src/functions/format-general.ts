// Numbers in Prometheus's messages are written as Go's `%g`: https://pkg.go.dev/fmt

const EXPONENT_MIN = -4;
const EXPONENT_MAX = 6;

/** The fewest digits that tell the number, with an exponent below 10^−4 and from 10^6 on. */
export function formatGeneral(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  }
  if (Object.is(value, -0)) {
    return '-0';
  }
  const [digits = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= EXPONENT_MIN && exponent < EXPONENT_MAX) {
    return String(value);
  }
  const sign = exponent < 0 ? '-' : '+';
  return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
