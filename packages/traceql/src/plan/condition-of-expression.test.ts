import { expect, it } from 'vitest';
import { parseQuery } from '../syntax/parse-query.ts';
import { conditionOf } from './condition-of-expression.ts';

/** What a store is asked for the spans of a filter. */
function asked(condition: string) {
  const { body } = parseQuery(`{ ${condition} }`);
  const filter = body.kind === 'pipeline' ? body.stages[0] : undefined;
  if (filter?.kind !== 'spanset-filter' || filter.condition === undefined) {
    throw new Error('this is no filter');
  }
  return conditionOf(filter.condition);
}

const PARENT = { kind: 'intrinsic', name: 'parent-id' };

it.each(['nestedSetParent < 0', 'nestedSetParent = -1', '-1 >= nestedSetParent'])('%s asks for roots', (condition) => {
  expect(asked(condition)).toEqual({ condition: { kind: 'absent', field: PARENT }, isExact: true });
});

it.each(['nestedSetParent >= 0', '-1 < nestedSetParent', 'nestedSetParent != -1'])(
  '%s asks for what has a parent',
  (condition) => {
    expect(asked(condition)).toEqual({ condition: { kind: 'present', field: PARENT }, isExact: true });
  },
);

it.each(['nestedSetParent = 0', 'nestedSetParent < 5', 'nestedSetLeft < 0'])('%s only a trace tells', (condition) => {
  expect(asked(condition)).toEqual({ condition: { kind: 'everything' }, isExact: false });
});
