// Numbers as https://prometheus.io/docs/prometheus/latest/querying/api/ writes them.

/** A sample's value, without its quotes: the shortest text that reads back equal, `NaN`, `+Inf`, `-Inf`; a negative zero keeps its sign, small exponents have two digits. */
export function prometheusNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) {
    return '+Inf';
  }
  if (value === Number.NEGATIVE_INFINITY) {
    return '-Inf';
  }
  if (Object.is(value, -0)) {
    return '-0';
  }
  return String(value).replace(/e-(\d)$/, 'e-0$1');
}
