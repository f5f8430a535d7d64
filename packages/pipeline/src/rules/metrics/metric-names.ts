import type { StepOf } from '@aegisguard/model';
import { RuleFault } from '../rule-error.ts';
import type { LogMetric } from './log-metric.ts';

/** Metrics that the rules of an organization may make. */
const METRICS_MAX = 100;

/** The metrics that the steps of an organization make. Steps may make one together, if it means the same to them. */
export class MetricNames {
  private readonly byName = new Map<string, { readonly meaning: string; readonly metric: LogMetric }>();
  private count = 0;

  /** The step's metric, which is the one of an earlier step of its name. Throws `RuleFault` for one that cannot be beside the others. */
  take({ name, type, description, unit, buckets = [] }: StepOf<'metric'>): LogMetric {
    const meaning = `${type} ${name} ${buckets.join(' ')}`;
    const known = this.byName.get(name);
    if (known?.meaning === meaning) {
      return known.metric;
    }
    const bounds = buckets.filter((bound) => bound !== Number.POSITIVE_INFINITY);
    const metric: LogMetric = { metadata: { metric: name, type, unit, help: description }, bounds };
    for (const each of type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]) {
      if (this.byName.has(each)) {
        throw new RuleFault('name', `Another step makes a metric ${each} of another type or with other buckets.`);
      }
      this.byName.set(each, { meaning, metric });
    }
    this.count += 1;
    if (this.count > METRICS_MAX) {
      throw new RuleFault('name', `The rules make more than ${METRICS_MAX} metrics.`);
    }
    return metric;
  }
}
