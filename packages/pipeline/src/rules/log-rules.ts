import type { IngestEnvelope, LogPipelines, LogRecord } from '@aegisguard/model';
import { type CompiledPipelines, compilePipelines } from './compile-pipelines.ts';
import { MetricTally } from './metrics/metric-tally.ts';
import { retentionOf } from './retention-of.ts';
import { RuleBudget } from './rule-budget.ts';
import { RuleError } from './rule-error.ts';
import type { RuleRun } from './rule-run.ts';
import { runSteps } from './run-steps.ts';
import { WorkingEntry } from './working-entry.ts';

/** Names the stages that failed on a record, rules among them. */
const PIPELINE_ERROR = 'aegis.pipeline_error';

/** What rules made of a batch. */
export interface RuledLogs {
  /** Those that stay, in their order. */
  readonly records: readonly LogRecord[];
  /** Those among them that have another message than before: what is read out of messages is to be read again. */
  readonly rewritten: readonly LogRecord[];
  /** How many logs each rule dropped, by its name. */
  readonly dropped: ReadonlyMap<string, number>;
  /** What they do to metrics, those that were dropped included. */
  readonly metrics: MetricTally;
  /** On how many logs each rule failed. */
  readonly failed: ReadonlyMap<string, number>;
}

/** An organization's rules made ready. They keep nothing from one batch to the next. */
export class LogRules {
  private readonly compiled: CompiledPipelines;

  /** Throws `PipelineFaults` naming everything that cannot be used. */
  constructor(pipelines: LogPipelines) {
    this.compiled = compilePipelines(pipelines);
  }

  /** Applies the rules to the records of a batch, in place. A rule that fails leaves the record as it found it, and the record says so. */
  run(
    records: readonly LogRecord[],
    batch: Pick<IngestEnvelope, 'batchId' | 'receivedAtMs' | 'retentionDays'>,
  ): RuledLogs {
    const run: RuleRun = { ...batch, budget: new RuleBudget(), lastTimes: new Map() };
    const kept: LogRecord[] = [];
    const rewritten: LogRecord[] = [];
    const dropped = new Map<string, number>();
    const failed = new Map<string, number>();
    const metrics = new MetricTally();
    for (const record of records) {
      const { message } = record;
      const by = this.apply(record, run, failed, metrics);
      if (by !== undefined) {
        dropped.set(by, (dropped.get(by) ?? 0) + 1);
        continue;
      }
      kept.push(record);
      if (record.message !== message) {
        rewritten.push(record);
      }
    }
    return { records: kept, rewritten, dropped, metrics, failed };
  }

  /** Says of each log how long it is kept, where a rule finds it; to be called when nothing of it changes any more. */
  keep(records: readonly LogRecord[]): void {
    const { retention } = this.compiled;
    if (retention.length === 0) {
      return;
    }
    const budget = new RuleBudget();
    for (const record of records) {
      const days = retentionOf(retention, record, budget);
      if (days !== undefined) {
        record.retentionDays = days;
      }
    }
  }

  /** The rule that dropped the record; undefined when it stays. */
  private apply(
    record: LogRecord,
    run: RuleRun,
    failed: Map<string, number>,
    metrics: MetricTally,
  ): string | undefined {
    if (!run.budget.startRecord()) {
      note(record, 'rules: their time for the batch is spent');
      return undefined;
    }
    for (const { name, selects, steps } of this.compiled.rules) {
      const entry = new WorkingEntry(record);
      try {
        const isFound = selects(entry);
        run.budget.check();
        if (isFound) {
          runSteps(steps, entry, run);
        }
        for (const observation of entry.observations ?? []) {
          metrics.add(observation);
        }
        if (entry.dropped !== undefined) {
          return name;
        }
      } catch (error) {
        entry.rollBack();
        note(record, `rule ${name}: ${error instanceof RuleError ? error.message : 'failed'}`);
        failed.set(name, (failed.get(name) ?? 0) + 1);
      }
    }
    return undefined;
  }
}

function note(record: LogRecord, problem: string): void {
  const earlier = record.attributes[PIPELINE_ERROR];
  record.attributes = {
    ...record.attributes,
    [PIPELINE_ERROR]: typeof earlier === 'string' ? `${earlier},${problem}` : problem,
  };
}
