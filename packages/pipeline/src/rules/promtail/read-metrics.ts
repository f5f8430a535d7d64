// https://grafana.com/docs/loki/latest/send-data/promtail/stages/metrics/
import type { LogRuleStep, StepOf } from '@aegisguard/model';
import { StageFault, StageFields, type YamlValue } from './stage-fields.ts';
import { durationSeconds } from './units.ts';

type MetricStep = StepOf<'metric'>;

const ACTIONS: Readonly<Record<MetricStep['type'], readonly NonNullable<MetricStep['action']>[]>> = {
  counter: ['inc', 'add'],
  gauge: ['set', 'inc', 'dec', 'add', 'sub'],
  histogram: [],
};
const PREFIX = 'promtail_custom_';
/** https://pkg.go.dev/github.com/prometheus/client_golang/prometheus#pkg-variables: what a histogram has that names none. */
const DEFAULT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The metrics of a stage, and what of them is not here; throws `StageFault` for what Promtail would not start with. */
export function readMetrics(value: YamlValue): { readonly steps: readonly LogRuleStep[]; readonly lost?: string } {
  const all = new StageFields(value);
  if (all.rest.length === 0) {
    throw new StageFault('a map of metrics is needed');
  }
  const lost: string[] = [];
  const steps = all.rest.flatMap((name) => {
    try {
      return readMetric(name, new StageFields(all.take(name)), (what) => lost.push(`${name}: ${what}`));
    } catch (error) {
      throw error instanceof StageFault ? new StageFault(`${name}: ${error.message}`) : error;
    }
  });
  return lost.length === 0 ? { steps } : { steps, lost: lost.join('; ') };
}

function readMetric(name: string, fields: StageFields, lose: (what: string) => void): readonly MetricStep[] {
  const given = fields.need('type').toLowerCase();
  const type = (['counter', 'gauge', 'histogram'] as const).find((known) => known === given);
  if (type === undefined) {
    throw new StageFault('the type must be one of counter, gauge, histogram');
  }
  const idle = fields.text('max_idle_duration') || undefined;
  if (idle !== undefined) {
    durationSeconds(idle, 'max_idle_duration');
    lose('max_idle_duration: a series has samples until five minutes after its last change');
  }
  const head = {
    kind: 'metric' as const,
    type,
    name: `${fields.text('prefix') || PREFIX}${name}`,
    description: fields.text('description') ?? '',
    unit: '',
    labels: {},
    streamLabels: true,
  };
  const source = fields.text('source') || name;
  const config = new StageFields(fields.take('config'));
  const counted = whatCounts(type, source, config);
  const unknown = [...fields.rest, ...config.rest];
  if (unknown.length > 0) {
    lose(`not known: ${unknown.join(', ')}`);
  }
  if (counted === undefined) {
    lose('match_all has no value to add, so nothing is counted');
    return [];
  }
  if (counted.value === '') {
    lose('value: logs whose value is empty cannot be counted');
    return [];
  }
  return [{ ...head, ...counted }];
}

type Counted = Pick<MetricStep, 'action' | 'source' | 'value' | 'bytes' | 'buckets'>;

/** Undefined where nothing ever counts. */
function whatCounts(type: MetricStep['type'], source: string, config: StageFields): Counted | undefined {
  const value = config.text('value');
  const takesAll = config.truth('match_all', false);
  const countsBytes = config.truth('count_entry_bytes', false);
  const given = config.text('action')?.toLowerCase();
  if (type === 'histogram') {
    return { source, value, bytes: false, buckets: bucketsIn(config) };
  }
  const action = ACTIONS[type].find((known) => known === given);
  if (action === undefined) {
    throw new StageFault(`the action must be one of ${ACTIONS[type].join(', ')}`);
  }
  if (countsBytes && !(takesAll && action === 'add')) {
    throw new StageFault('count_entry_bytes needs match_all and the action add');
  }
  if (type === 'gauge' || !takesAll) {
    return { action, source, value, bytes: false };
  }
  if (value !== undefined) {
    throw new StageFault('with match_all there must be no value');
  }
  return action === 'add' && !countsBytes ? undefined : { action, bytes: countsBytes };
}

function bucketsIn(config: StageFields): number[] {
  const bounds = config.list('buckets').map(Number);
  if (bounds.some(Number.isNaN)) {
    throw new StageFault('buckets must be numbers');
  }
  return bounds.length === 0 ? DEFAULT_BUCKETS : bounds;
}
