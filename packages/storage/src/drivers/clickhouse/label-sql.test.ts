import { describe, expect, it } from 'vitest';
import { matcherCondition } from './label-sql.ts';

function alternatives(count: number): string {
  return Array.from({ length: count }, (_, index) => `v${index}`).join('|');
}

describe('alternatives', () => {
  it('of a column are a list', () => {
    expect(matcherCondition({ name: 'service', op: '=~', value: 'a|b|a' })).toBe("service IN ('a', 'b')");
    expect(matcherCondition({ name: 'host', op: '!~', value: 'a|b' })).toBe("host NOT IN ('a', 'b')");
    expect(matcherCondition({ name: 'service_name', op: '=~', value: 'a' })).toBe("(service = 'a')");
  });

  it('of an attribute are a condition each, and an expression when they are many', () => {
    expect(matcherCondition({ name: 'zone', op: '=~', value: 'a|b' })).toBe(
      "(has(facets, 'zone=a') OR has(facets, 'zone=b'))",
    );
    expect(matcherCondition({ name: 'zone', op: '!~', value: alternatives(50) })).not.toContain('match(');
    expect(matcherCondition({ name: 'zone', op: '!~', value: alternatives(51) })).toMatch(/^NOT match\(/);
  });

  it.each(['service', 'level', 'host', 'trace_id', 'zone'])('of %s, however many, are no long statement', (name) => {
    const value = alternatives(1800);
    for (const op of ['=~', '!~'] as const) {
      expect(matcherCondition({ name, op, value }).length).toBeLessThan(3 * value.length);
    }
  });
});
