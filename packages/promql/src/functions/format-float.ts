// Numbers in Prometheus's messages are written as Go does: https://pkg.go.dev/fmt

function formatUnusual(value: number): string | undefined {
  if (Number.isFinite(value)) {
    return undefined;
  }
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

/** As `%g`: the fewest digits that tell the number, with an exponent below 10^-4 and from 10^6 on. */
export function formatShortest(value: number): string {
  const unusual = formatUnusual(value);
  if (unusual !== undefined || Object.is(value, -0)) {
    return unusual ?? '-0';
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) {
    return String(value);
  }
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** As `%f`: six digits behind the point. */
export function formatFixed(value: number): string {
  return formatUnusual(value) ?? value.toFixed(6);
}
