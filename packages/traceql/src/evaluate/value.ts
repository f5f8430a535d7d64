/** One value of a span's field; bigint: whole nanoseconds, or an integer that a number cannot hold. */
export type Scalar = string | number | boolean | bigint;

/** An attribute's value: an array holds `=` when one of its elements does, and `!=` when all do. */
export type AttributeValue = Scalar | readonly Scalar[];

/** The values of a field that a span has several times, one for each of its events or links: what is asked must be true of one of them. */
export class Alternatives {
  readonly values: readonly AttributeValue[];

  constructor(values: readonly AttributeValue[]) {
    this.values = values;
  }
}

/** What reading a field of a span gives; undefined: it has none, `nil`. */
export type FieldValue = AttributeValue | Alternatives | undefined;

/** The values to try one by one: an array as one. */
export function alternativesOf(value: FieldValue): readonly AttributeValue[] {
  if (value === undefined) {
    return [];
  }
  return value instanceof Alternatives ? value.values : [value];
}

/** The single value that stands for a field where only one can: in `by(…)`, in aggregates, in arithmetic. */
export function firstScalar(value: FieldValue): Scalar | undefined {
  const [first] = alternativesOf(value);
  return isArray(first) ? first[0] : first;
}

function isArray(value: AttributeValue | undefined): value is readonly Scalar[] {
  return Array.isArray(value);
}

/** Negative, 0 or positive; undefined for values of different types, NaN for booleans that differ. Texts are in the order of their code points, as the store has them. */
export function compareScalars(left: Scalar, right: Scalar): number | undefined {
  if (typeof left === 'string') {
    return typeof right === 'string' ? compareTexts(left, right) : undefined;
  }
  if (typeof left === 'boolean' || typeof right === 'boolean' || typeof right === 'string') {
    return typeof left !== typeof right ? undefined : left === right ? 0 : Number.NaN;
  }
  return left < right ? -1 : left > right ? 1 : left >= right ? 0 : undefined;
}

const SURROGATES_FROM = 0xd8_00;
const SURROGATES_UNTIL = 0xe0_00;

/** UTF-16 puts surrogates before the last of the other characters; code points, and UTF-8, put them behind. */
function compareTexts(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) {
      return rank(a) - rank(b);
    }
  }
  return left.length - right.length;
}

function rank(unit: number): number {
  return unit >= SURROGATES_FROM && unit < SURROGATES_UNTIL ? unit + 0x1_00_00 : unit;
}
