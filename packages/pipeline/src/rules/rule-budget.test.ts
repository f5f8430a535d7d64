import { expect, it } from 'vitest';
import { RuleBudget } from './rule-budget.ts';
import { RuleError } from './rule-error.ts';

/** Clocks that go on when they are told. */
function clocks() {
  let now = 0;
  let cpu = 0;
  return {
    nowMs: () => now,
    cpuMs: () => cpu,
    work(ms: number, share = 1): void {
      now += ms;
      cpu += ms * share;
    },
  };
}

it('a record that takes long is stopped, and the next one has time again', () => {
  const time = clocks();
  const budget = new RuleBudget(time);
  budget.startRecord();
  time.work(40);
  budget.check();
  time.work(60);
  expect(() => budget.check()).toThrow(RuleError);
  expect(budget.startRecord()).toBe(true);
  time.work(5);
  budget.check();
});

it('waiting for others is no time of one’s own', () => {
  const time = clocks();
  const budget = new RuleBudget(time);
  budget.startRecord();
  for (let step = 0; step < 100; step += 1) {
    time.work(1000, 0.0001);
    budget.check();
  }
});

it('a batch whose time is spent has no more rules, be its records slow or many', () => {
  const slow = clocks();
  const ofSlow = new RuleBudget(slow);
  let records = 0;
  while (ofSlow.startRecord() && records < 1000) {
    records += 1;
    slow.work(40);
    try {
      ofSlow.check();
    } catch (error) {
      expect(error).toBeInstanceOf(RuleError);
    }
  }
  expect(records).toBeLessThan(105);
  const quick = clocks();
  const ofQuick = new RuleBudget(quick);
  let count = 0;
  while (ofQuick.startRecord() && count < 100_000) {
    count += 1;
    quick.work(1);
    ofQuick.check();
  }
  expect(count).toBeLessThan(4_400);
});

it('what a record is made into has a bound', () => {
  const budget = new RuleBudget(clocks());
  budget.startRecord();
  budget.spend(3_000_000);
  expect(() => budget.spend(3_000_000)).toThrow(RuleError);
});
