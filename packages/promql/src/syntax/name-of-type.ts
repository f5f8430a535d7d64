import type { ValueType } from './ast/expression.ts';

const NAMES: Readonly<Record<ValueType, string>> = {
  scalar: 'scalar',
  string: 'string',
  vector: 'instant vector',
  matrix: 'range vector',
};

/** A type as Prometheus's errors name it. */
export function nameOfType(type: ValueType): string {
  return NAMES[type];
}
