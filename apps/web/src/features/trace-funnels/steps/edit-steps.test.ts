import { expect, it } from 'vitest';
import { EMPTY_STEP } from '../funnels-view.ts';
import { addStep, changeStep, moveStep, removeStep } from './edit-steps.ts';

const STEPS = ['a', 'b', 'c'].map((service) => ({ ...EMPTY_STEP, service }));
const services = (steps: readonly { readonly service: string }[]) => steps.map(({ service }) => service).join('');

it.each([
  [0, 2, 'bca'],
  [2, 0, 'cab'],
  [1, 1, 'abc'],
  [0, -1, 'abc'],
  [2, 3, 'abc'],
  [5, 0, 'abc'],
])('moves step %i to %i', (from, to, expected) => {
  expect(services(moveStep(STEPS, from, to))).toBe(expected);
});

it('changes, adds and removes steps', () => {
  expect(services(changeStep(STEPS, 1, { service: 'x' }))).toBe('axc');
  expect(services(removeStep(STEPS, 1))).toBe('ac');
  expect(addStep(STEPS)).toEqual([...STEPS, EMPTY_STEP]);
});
