/** A number as `count_values` writes it: the fewest digits that tell it, without an exponent. */
export function plainNumber(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  }
  if (Object.is(value, -0)) {
    return '-0';
  }
  const [digits = '', exponent] = String(value).split('e');
  return exponent === undefined ? digits : shiftPoint(digits, Number(exponent));
}

function shiftPoint(digits: string, exponent: number): string {
  const sign = digits.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = digits.replace('-', '').split('.');
  return exponent < 0
    ? `${sign}0.${'0'.repeat(-exponent - whole.length)}${whole}${fraction}`
    : `${sign}${whole}${fraction.padEnd(exponent, '0')}`;
}
