import type { CustomRule } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { checkCustomRules } from './check-custom-rules.ts';

const rule = (name: string, pattern = 'a'): CustomRule => ({ name, pattern, strategy: 'redact' });
const validate = ({ pattern }: CustomRule) => (pattern === '(' ? 'it does not close' : undefined);

it('finds nothing wrong with rules of different names that are valid', () => {
  expect(checkCustomRules([rule('a'), rule('b')], validate)).toEqual([]);
  expect(checkCustomRules([], validate)).toEqual([]);
});

it('names every rule that is not, and the second of a name', () => {
  expect(checkCustomRules([rule('a', '('), rule('b'), rule('a'), rule('c', '(')], validate)).toEqual([
    { path: '/policy/customRules/2/name', message: 'another rule has this name' },
    { path: '/policy/customRules/0/pattern', message: 'it does not close' },
    { path: '/policy/customRules/3/pattern', message: 'it does not close' },
  ]);
});

it('looks at no pattern when they are too large together', () => {
  const large = Array.from({ length: 30 }, (_, at) => rule(`r${at}`, '[a-z]{900}'));
  const unasked = () => {
    throw new Error('asked');
  };
  expect(checkCustomRules(large, unasked)).toEqual([
    { path: '/policy/customRules', message: 'the patterns are too large together' },
  ]);
});
