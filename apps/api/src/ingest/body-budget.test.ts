import { expect, it } from 'vitest';
import { BodyBudget } from './body-budget.ts';

const FULL = expect.objectContaining({ code: 'unavailable', retryAfterSeconds: 1 });

it('is shared, and given back as a whole', () => {
  const budget = new BodyBudget(100);
  const [first, second] = [budget.lease(), budget.lease()];
  first.take(60);
  second.take(40);
  expect(() => second.take(1)).toThrow(FULL);
  first.release();
  first.release();
  second.take(60);
  expect(() => budget.lease().take(1)).toThrow(FULL);
});

it('what comes after the answer is not counted, as nobody would give it back', () => {
  const budget = new BodyBudget(100);
  const answered = budget.lease();
  answered.take(10);
  answered.release();
  expect(() => answered.take(1)).toThrow(expect.objectContaining({ code: 'request-aborted' }));
  const [next, another] = [budget.lease(), budget.lease()];
  next.take(50);
  another.take(50);
});

it('lets a request grow alone', () => {
  const budget = new BodyBudget(100);
  const alone = budget.lease();
  alone.take(100);
  alone.take(100);
  expect(() => budget.lease().take(1)).toThrow(FULL);
});
