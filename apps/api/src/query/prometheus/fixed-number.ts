const SCIENTIFIC = /^(?<sign>-?)(?<whole>\d)(?:\.(?<fraction>\d+))?e(?<exponent>[+-]\d+)$/;

/** A number in digits, never with an exponent, as Prometheus's syntax tree has it: the shortest that read back equal, and `NaN`, `+Inf`, `-Inf`. */
export function fixedNumber(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  }
  if (Object.is(value, -0)) {
    return '-0';
  }
  const { sign = '', whole = '', fraction = '', exponent } = SCIENTIFIC.exec(String(value))?.groups ?? {};
  if (exponent === undefined) {
    return String(value);
  }
  const digits = `${whole}${fraction}`;
  const shift = Number(exponent);
  return shift < 0 ? `${sign}0.${'0'.repeat(-shift - 1)}${digits}` : `${sign}${digits.padEnd(shift + 1, '0')}`;
}
