import { expect, it } from 'vitest';
import { importStages } from './import-stages.ts';

/** What a metric of a `metrics` stage becomes: its step, what is not carried, what is wrong. */
function imported(metric: object) {
  const { pipelines, notCarried, faults } = importStages(`- metrics: ${JSON.stringify({ m: metric })}`);
  const reasons = [...notCarried, ...faults].map(({ path, reason }) => `${path} ${reason}`);
  return [...(pipelines[0]?.steps ?? []), ...reasons];
}

const head = {
  kind: 'metric',
  name: 'promtail_custom_m',
  description: '',
  unit: '',
  labels: {},
  streamLabels: true,
  bytes: false,
};
const AT = 'pipeline_stages[0].metrics m: ';

it.each<[metric: object, ...expected: readonly (object | string)[]]>([
  [
    { type: 'Counter', config: { action: 'inc' } },
    { ...head, type: 'counter', action: 'inc', source: 'm' },
  ],
  [
    { type: 'counter', prefix: 'my_', description: 'd', source: 's', config: { action: 'Add', value: '1' } },
    { ...head, type: 'counter', name: 'my_m', description: 'd', action: 'add', source: 's', value: '1' },
  ],
  [
    { type: 'Counter', source: 's', config: { match_all: true, action: 'inc' } },
    { ...head, type: 'counter', action: 'inc' },
  ],
  [
    { type: 'Counter', config: { match_all: true, count_entry_bytes: true, action: 'add' } },
    { ...head, type: 'counter', action: 'add', bytes: true },
  ],
  [
    { type: 'Counter', config: { match_all: true, action: 'add' } },
    `${AT}match_all has no value to add, so nothing is counted`,
  ],
  [
    { type: 'Counter', config: { action: 'inc', value: '' } },
    `${AT}value: logs whose value is empty cannot be counted`,
  ],
  [
    { type: 'Gauge', config: { action: 'sub' } },
    { ...head, type: 'gauge', action: 'sub', source: 'm' },
  ],
  [
    { type: 'Histogram', max_idle_duration: '24h', config: { buckets: [1, 2.5] } },
    { ...head, type: 'histogram', source: 'm', buckets: [1, 2.5] },
    `${AT}max_idle_duration: a series has samples until five minutes after its last change`,
  ],
  [
    { type: 'Histogram', colour: 'red', config: { shape: 'round' } },
    { ...head, type: 'histogram', source: 'm', buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
    `${AT}not known: colour, shape`,
  ],
  [{ type: 'Summary' }, `${AT}the type must be one of counter, gauge, histogram`],
  [{ type: 'Counter', config: { action: 'set' } }, `${AT}the action must be one of inc, add`],
  [
    { type: 'Counter', config: { action: 'inc', match_all: true, value: 'x' } },
    `${AT}with match_all there must be no value`,
  ],
  [
    { type: 'Counter', config: { action: 'inc', count_entry_bytes: true } },
    `${AT}count_entry_bytes needs match_all and the action add`,
  ],
  [{ type: 'Histogram', config: { buckets: ['x'] } }, `${AT}buckets must be numbers`],
])('%j', (metric, ...expected) => {
  expect(imported(metric)).toEqual(expected);
});

it('a stage without metrics is none', () => {
  expect(importStages('- metrics: {}').faults).toEqual([
    { path: 'pipeline_stages[0].metrics', reason: 'a map of metrics is needed' },
  ]);
});
