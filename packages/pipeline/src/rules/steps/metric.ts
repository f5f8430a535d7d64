// https://grafana.com/docs/loki/latest/send-data/promtail/stages/metrics/ and https://prometheus.io/docs/concepts/data_model/
import { cutBetweenWords, type JsonValue, type StepOf } from '@aegisguard/model';
import type { Observation } from '../metrics/log-metric.ts';
import type { RuleCompiler } from '../rule-compiler.ts';
import { RuleFault } from '../rule-error.ts';
import type { CompiledStep } from '../rule-run.ts';
import type { WorkingEntry } from '../working-entry.ts';

type MetricStep = StepOf<'metric'>;
type ReadNumber = (entry: WorkingEntry) => number | undefined;
type ReadLabels = (entry: WorkingEntry) => Observation['labels'];

/** Labels of a series beside its name: those of the step, then those of the stream. */
const LABELS_MAX = 20;
/** UTF-16 units of a value, and of a name that senders give. */
const LABEL_LENGTH_MAX = 128;
/** A larger number is none: sums of it must stay numbers. */
const VALUE_MAX = 1e18;
const LABEL_NAME = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;
/** Longer texts are no numbers that anybody writes, and would take long. */
const NUMBER_LENGTH_MAX = 50;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const ACTIONS: Readonly<Record<MetricStep['type'], readonly (MetricStep['action'] | undefined)[]>> = {
  counter: ['inc', 'add'],
  gauge: ['set', 'inc', 'dec', 'add', 'sub'],
  histogram: [undefined],
};
const SIGNS = { inc: 1, dec: -1, add: 1, sub: -1, set: 1 } as const;

/** Counts the log, or what it has a value of. The entry keeps it until its rule is through. */
export function metricStep(step: MetricStep, compiler: RuleCompiler): CompiledStep {
  const { type, action = ACTIONS[type][0] } = step;
  demandFitting(step);
  const metric = compiler.metric(step);
  const does = action === undefined ? 'observe' : action === 'set' ? 'set' : 'add';
  const numberOf = numberReader(step, action);
  const labelsOf = labelReader(step);
  return (entry) => {
    const value = numberOf(entry);
    if (value !== undefined && (type !== 'counter' || value >= 0)) {
      entry.observe({ metric, labels: labelsOf(entry), action: does, value });
    }
  };
}

function demandFitting(step: MetricStep): void {
  const { type, action, source, value, bytes, buckets, labels } = step;
  if (action !== undefined && !ACTIONS[type].includes(action)) {
    const known = ACTIONS[type].filter((each) => each !== undefined);
    const problem =
      type === 'histogram' ? 'A histogram observes: leave the action out.' : `One of: ${known.join(', ')}.`;
    throw new RuleFault('action', problem);
  }
  const counts = (action ?? ACTIONS[type][0]) === 'inc' || action === 'dec';
  if (bytes && (counts || source !== undefined)) {
    throw new RuleFault('bytes', 'The length is a value to add, set or observe, in place of one that is named.');
  }
  if (!bytes && !counts && source === undefined) {
    throw new RuleFault('source', 'Name the value.');
  }
  if (value !== undefined && source === undefined) {
    throw new RuleFault('value', 'A value needs a source that has it.');
  }
  if ((buckets !== undefined) !== (type === 'histogram')) {
    throw new RuleFault('buckets', type === 'histogram' ? 'Add bounds.' : 'Only a histogram has buckets.');
  }
  if (buckets?.some((bound, at) => at > 0 && bound <= (buckets[at - 1] ?? bound)) === true) {
    throw new RuleFault('buckets', 'The bounds must ascend.');
  }
  const wrong = Object.keys(labels).find(
    (label) => !LABEL_NAME.test(label) || (label === 'le' && type === 'histogram'),
  );
  if (wrong !== undefined) {
    throw new RuleFault(`labels/${wrong}`, `A label cannot be called ${JSON.stringify(wrong)}.`);
  }
  if (Object.keys(labels).length > LABELS_MAX) {
    throw new RuleFault('labels', `At most ${LABELS_MAX} labels.`);
  }
}

/** What the log counts for; undefined where it counts for nothing. */
function numberReader({ source, value, bytes }: MetricStep, action: MetricStep['action']): ReadNumber {
  const sign = action === undefined ? 1 : SIGNS[action];
  const isCounted = action === 'inc' || action === 'dec';
  return (entry) => {
    if (bytes) {
      return sign * Buffer.byteLength(entry.record.message);
    }
    if (source === undefined) {
      return sign;
    }
    const found = entry.value(source);
    if (found === undefined || found === null || (value !== undefined && entry.text(source) !== value)) {
      return undefined;
    }
    const number = isCounted ? 1 : numberIn(found);
    return number === undefined ? undefined : sign * number;
  };
}

function numberIn(value: JsonValue): number | undefined {
  const number =
    typeof value === 'string' && value.length <= NUMBER_LENGTH_MAX && NUMBER.test(value) ? Number(value) : value;
  return typeof number === 'number' && Math.abs(number) <= VALUE_MAX ? number : undefined;
}

function labelReader({ labels, streamLabels, type }: MetricStep): ReadLabels {
  const sources = Object.entries(labels).map(([label, from]) => [label, from === '' ? label : from] as const);
  const own = new Set(Object.keys(labels));
  const isOfStream = (label: string) =>
    label.length <= LABEL_LENGTH_MAX &&
    LABEL_NAME.test(label) &&
    !own.has(label) &&
    !(label === 'le' && type === 'histogram');
  return (entry) => {
    const read: [name: string, value: string][] = [];
    const add = (label: string, value: string | undefined) => {
      if (value !== undefined && value !== '' && read.length < LABELS_MAX) {
        read.push([label, cutBetweenWords(value, LABEL_LENGTH_MAX).toWellFormed()]);
      }
    };
    for (const [label, from] of sources) {
      add(label, entry.text(from) ?? entry.label(from));
    }
    if (streamLabels) {
      const { stream } = entry.allLabels();
      for (const label of Object.keys(stream)) {
        if (isOfStream(label)) {
          add(label, stream[label]);
        }
      }
    }
    return read;
  };
}
