import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ChoiceGroup, groupState, withChoice, withGroup } from './choice-groups.ts';

type Value = 'a' | 'b' | 'c' | 'd';
const choice = (value: Value) => ({ value, label: value });
const FIRST: ChoiceGroup<Value> = { label: 'first', choices: [choice('a'), choice('b')] };
const SECOND: ChoiceGroup<Value> = { label: 'second', choices: [choice('c'), choice('d')] };
const GROUPS = [FIRST, SECOND];

it('says how much of a group is chosen', () => {
  expect([groupState(FIRST, []), groupState(FIRST, ['b', 'c']), groupState(FIRST, ['b', 'a'])]).toEqual([
    'none',
    'some',
    'all',
  ]);
});

it('takes a group whole, and leaves it when it was whole', () => {
  expect(withGroup(GROUPS, FIRST, ['d', 'b'])).toEqual(['a', 'b', 'd']);
  expect(withGroup(GROUPS, FIRST, ['a', 'd', 'b'])).toEqual(['d']);
});

it('keeps what no group has', () => {
  const older = 'older' as Value;
  expect(withChoice(GROUPS, 'c', [older, 'd'])).toEqual(['c', 'd', older]);
});

it('is undone by doing it again', () => {
  const chosen = fc.subarray<Value>(['a', 'b', 'c', 'd']);
  fc.assert(
    fc.property(chosen, fc.constantFrom<Value>('a', 'b', 'c', 'd'), (before, value) => {
      expect(withChoice(GROUPS, value, withChoice(GROUPS, value, before))).toEqual(before);
    }),
  );
});

it('takes of a group what can be taken, and leaves what was', () => {
  const withheld = {
    label: 'x',
    choices: [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B', disabledReason: 'no' },
    ],
  };
  expect(withGroup([withheld], withheld, [])).toEqual(['a']);
  expect(withGroup([withheld], withheld, ['a'])).toEqual([]);
  expect(withGroup([withheld], withheld, ['b'])).toEqual(['a', 'b']);
  expect(withGroup([withheld], withheld, ['a', 'b'])).toEqual([]);
});
