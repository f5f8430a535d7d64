/** A number as the parser reads it: `1.5`, `1e+21`, `-Inf`, `NaN`. */
export function printNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value).replace('Infinity', 'Inf');
}
