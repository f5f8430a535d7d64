import type { SpanCondition } from '@aegisguard/model';

/** True of every span. */
export const EVERYTHING: SpanCondition = { kind: 'everything' };
/** True of none. */
export const NOTHING: SpanCondition = { kind: 'any', of: [] };

/** Whether a condition is true of no span. */
export function isNothing(condition: SpanCondition): boolean {
  return condition.kind === 'any' && condition.of.length === 0;
}

/** All of them, in the shortest form. */
export function allOf(conditions: readonly SpanCondition[]): SpanCondition {
  const parts = conditions.flatMap((one) => (one.kind === 'all' ? one.of : one.kind === 'everything' ? [] : [one]));
  if (parts.some(isNothing)) {
    return NOTHING;
  }
  const [only] = parts;
  return only === undefined ? EVERYTHING : parts.length === 1 ? only : { kind: 'all', of: parts };
}

/** One of them, in the shortest form. */
export function anyOf(conditions: readonly SpanCondition[]): SpanCondition {
  const parts = conditions.flatMap((one) => (one.kind === 'any' ? one.of : [one]));
  if (parts.some(({ kind }) => kind === 'everything')) {
    return EVERYTHING;
  }
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: 'any', of: parts };
}
