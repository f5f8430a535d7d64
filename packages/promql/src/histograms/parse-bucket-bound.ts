/** Reads a value of the label `le`, as Go reads floats; undefined when it is none. */
export function parseBucketBound(text: string): number | undefined {
  if (DECIMAL.test(text)) {
    const bound = Number(text);
    return Number.isFinite(bound) ? bound : undefined;
  }
  const [, sign, name] = NAMED.exec(text) ?? [];
  if (name === undefined) {
    return undefined;
  }
  const isNan = name.toLowerCase() === 'nan';
  if (isNan) {
    return sign === '' ? Number.NaN : undefined;
  }
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const NAMED = /^([+-]?)(inf|infinity|nan)$/i;
