const EXPONENT = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/;

/** A bucket's bound or a quantile as a label: the shortest decimal that is the same double, never with an exponent, `+Inf` and `-Inf` as Prometheus writes them. */
export function formatBound(bound: number): string {
  if (!Number.isFinite(bound)) {
    return Number.isNaN(bound) ? 'NaN' : bound > 0 ? '+Inf' : '-Inf';
  }
  const text = String(bound);
  const match = EXPONENT.exec(text);
  if (match === null) {
    return text;
  }
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) {
    return `${sign}0.${'0'.repeat(-point)}${digits}`;
  }
  return sign + digits.padEnd(point, '0').slice(0, point) + (digits.length > point ? `.${digits.slice(point)}` : '');
}
