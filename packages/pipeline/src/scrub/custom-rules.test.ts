import { CustomRule, DEFAULT_PRIVACY_POLICY } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { createCustomRules, validateCustomRule } from './custom-rules.ts';

const ruleOf = (pattern: string) => CustomRule.parse({ name: 'rule', pattern });

/** What a rule finds, and whether it came to the end. */
function find(pattern: string, text: string) {
  const [matcher] = createCustomRules({ ...DEFAULT_PRIVACY_POLICY, customRules: [ruleOf(pattern)] });
  const found: string[] = [];
  const isWhole = matcher?.find(text, (start, end) => found.push(text.slice(start, end)));
  return { found, isWhole };
}

describe('rules of an organization', () => {
  it.each([
    ['EMP-\\d{6}', 'EMP-123456, EMP-12345 and EMP-654321', ['EMP-123456', 'EMP-654321']],
    ['\\b[A-Z]{2}\\d{9}\\b', 'AB123456789 xAB123456789', ['AB123456789']],
    ['(?i)patient[ _-]?id[:= ]+(\\w+)', 'Patient ID: x12; patient_id=y', ['x12', 'y']],
    ['a(b)?', 'a ab', ['a', 'b']],
    ['a()', 'a', []],
    ['🐈+', 'a 🐈🐈 b', ['🐈🐈']],
    ['x', 'y', []],
  ])('%s in %j', (pattern, text, found) => {
    expect(find(pattern, text)).toEqual({ found, isWhole: true });
  });

  it('tells that it did not come to the end where every match looks that far', () => {
    const text = 'a'.repeat(200_000);
    expect(find('a.*b|a', text).isWhole).toBe(false);
  });

  it('takes any text', () => {
    for (const text of ['', '\ud800', '\0', 'EMP-\udc00'.repeat(1000), 'EMP-'.repeat(100_000)]) {
      expect(find('EMP-\\d{6}', text)).toEqual({ found: [], isWhole: true });
    }
  });

  it('are not made without one that cannot be compiled', () => {
    const policy = { ...DEFAULT_PRIVACY_POLICY, customRules: [ruleOf('x'), ruleOf('(')] };
    expect(() => createCustomRules(policy)).toThrow('the rule rule cannot be used');
  });

  it.each([
    ['EMP-\\d{6}', undefined],
    ['\\b[A-Z]{2}\\d{9}\\b', undefined],
    ['(?i)patient[ _-]?id[:= ]+(\\w+)', undefined],
    ['(', /no RE2 expression: .*missing closing/],
    ['(?=a)b', /no RE2 expression/],
    ['a*', /at least one character/],
    ['\\b', /at least one character/],
    ['$', /at least one character/],
    ['(a{30}){40}', /too large/],
    ['(((a{10}){10}){10}){10}', /too large/],
    ['0.*x|0', /too slow/],
  ])('%s is judged', (pattern, problem) => {
    const found = validateCustomRule(ruleOf(pattern));
    if (problem === undefined) {
      expect(found).toBe(undefined);
    } else {
      expect(found).toMatch(problem);
    }
  });
});
