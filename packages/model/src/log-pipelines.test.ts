import { expect, it } from 'vitest';
import { LogPipelines } from './log-pipelines.ts';

const match = (steps: readonly object[]) => ({ kind: 'match', selector: '{a="b"}', steps });
const nested = (depth: number): object => (depth === 0 ? { kind: 'decolorize' } : match([nested(depth - 1)]));
const withSteps = (steps: readonly object[]) => ({ rules: [{ name: 'r', steps }] });

it('has a default for everything', () => {
  expect(LogPipelines.parse({})).toEqual({ rules: [], retention: [] });
  expect(LogPipelines.parse(withSteps([{ kind: 'drop', expression: 'x' }])).rules[0]).toEqual({
    name: 'r',
    enabled: true,
    selector: '{}',
    steps: [{ kind: 'drop', sources: [], separator: ';', expression: 'x' }],
  });
});

it('takes steps within steps, to a depth', () => {
  expect(LogPipelines.safeParse(withSteps([nested(3)])).success).toBe(true);
  expect(LogPipelines.safeParse(withSteps([nested(4)])).success).toBe(false);
});

it.each([
  ['no step', withSteps([])],
  ['an unknown step', withSteps([{ kind: 'teleport' }])],
  ['an unknown member', withSteps([{ kind: 'decolorize', colour: 'red' }])],
  ['51 steps', withSteps(Array.from({ length: 51 }, () => ({ kind: 'decolorize' })))],
  ['51 rules', { rules: Array.from({ length: 51 }, (_, at) => ({ name: `${at}`, steps: [{ kind: 'decolorize' }] })) }],
  ['no day', { retention: [{ selector: '{a="b"}', days: 0 }] }],
  ['too many days', { retention: [{ selector: '{a="b"}', days: 3651 }] }],
  ['a metric of logs with an empty value', withSteps([{ kind: 'metric', type: 'counter', name: 'c', value: '' }])],
  ['a share above one', withSteps([{ kind: 'sample', rate: 1.1 }])],
  [
    'too much of all',
    {
      rules: Array.from({ length: 30 }, (_, at) => ({
        name: `${at}`,
        steps: [match(Array.from({ length: 3 }, () => ({ kind: 'regex', expression: 'a'.repeat(3000) })))],
      })),
    },
  ],
])('refuses %s', (_, given) => {
  expect(LogPipelines.safeParse(given).success).toBe(false);
});
