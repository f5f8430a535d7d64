import {
  formatRfc3339Nanos,
  type JsonObject,
  type LogPipelines,
  type LogRecord,
  logLabels,
  type PipelineLog,
  type PipelineMetric,
  type PipelineStepTrace,
  type PipelineTrace,
} from '@aegisguard/model';
import { type CompiledPipelines, type CompiledRule, compilePipelines } from './compile-pipelines.ts';
import { retentionOf } from './retention-of.ts';
import { RuleBudget } from './rule-budget.ts';
import { RuleError } from './rule-error.ts';
import type { RuleRun } from './rule-run.ts';
import { WorkingEntry } from './working-entry.ts';

type RuleTrace = PipelineTrace['rules'][number];

/** Adds up ms by the clock: time of the processor is told in steps that are longer than what most rules take. */
class Stopwatch {
  tookMs = 0;

  time<Result>(work: () => Result): Result {
    const fromMs = performance.now();
    try {
      return work();
    } finally {
      this.tookMs += performance.now() - fromMs;
    }
  }
}

/** The way of logs through rules, step by step; the records are changed. Throws `PipelineFaults` for rules that cannot be used. */
export function traceRules(
  pipelines: LogPipelines,
  records: readonly LogRecord[],
  batch: Pick<RuleRun, 'batchId' | 'receivedAtMs' | 'retentionDays'>,
): readonly PipelineTrace[] {
  const compiled = compilePipelines(pipelines);
  const newRun = (): RuleRun => ({ ...batch, budget: new RuleBudget(), lastTimes: new Map() });
  // What goes through an expression first takes many times as long: its time would be told of the first log.
  for (const first of records.slice(0, 1)) {
    traceLog(compiled, structuredClone(first), newRun(), pipelines);
  }
  const run = newRun();
  return records.map((record) => traceLog(compiled, record, run, pipelines));
}

function traceLog(
  compiled: CompiledPipelines,
  record: LogRecord,
  run: RuleRun,
  pipelines: LogPipelines,
): PipelineTrace {
  run.budget.startRecord();
  const before = viewOf(record);
  const rules: RuleTrace[] = [];
  const metrics: PipelineMetric[] = [];
  const watch = new Stopwatch();
  let isDropped = false;
  for (const rule of compiled.rules) {
    if (!isDropped) {
      const entry = new WorkingEntry(record);
      rules.push(traceRule(rule, entry, run, pipelines, watch));
      metrics.push(...metricsOf(entry));
      isDropped = entry.dropped !== undefined;
    }
  }
  const retentionDays = isDropped
    ? null
    : (watch.time(() => retentionOf(compiled.retention, record, new RuleBudget())) ?? null);
  return { before, rules, metrics, after: isDropped ? null : viewOf(record), retentionDays, tookMs: watch.tookMs };
}

function traceRule(
  rule: CompiledRule,
  entry: WorkingEntry,
  run: RuleRun,
  { rules }: LogPipelines,
  watch: Stopwatch,
): RuleTrace {
  const { name, selects, steps } = rule;
  const at = rules.findIndex((each) => each.name === name);
  const kinds = rules[at]?.steps.map(({ kind }) => kind) ?? [];
  const traces: PipelineStepTrace[] = [];
  let isFound = false;
  try {
    isFound = watch.time(() => selects(entry));
  } catch (error) {
    return {
      name,
      isFound: false,
      steps: [traceOf(`/rules/${at}/selector`, 'selector', entry, null, messageOf(error))],
    };
  }
  for (const [index, step] of isFound ? steps.entries() : []) {
    const path = `/rules/${at}/steps/${index}`;
    const kind = kinds[index] ?? '';
    const earlier = JSON.stringify(viewOf(entry.record));
    try {
      watch.time(() => step(entry, run));
      run.budget.check();
    } catch (error) {
      entry.rollBack();
      traces.push(traceOf(path, kind, entry, viewOf(entry.record), messageOf(error)));
      break;
    }
    const view = viewOf(entry.record);
    traces.push(traceOf(path, kind, entry, JSON.stringify(view) === earlier ? null : view, null));
    if (entry.dropped !== undefined) {
      break;
    }
  }
  return { name, isFound, steps: traces };
}

function traceOf(
  path: string,
  kind: string,
  { values, dropped }: WorkingEntry,
  log: PipelineLog | null,
  error: string | null,
): PipelineStepTrace {
  return { path, kind, values: Object.fromEntries(values) as JsonObject, log, isDropped: dropped !== undefined, error };
}

function metricsOf({ observations = [] }: WorkingEntry): readonly PipelineMetric[] {
  return observations.map(({ metric: { metadata }, labels, action, value }) => {
    return { name: metadata.metric, type: metadata.type, labels: Object.fromEntries(labels), action, value };
  });
}

function messageOf(error: unknown): string {
  return error instanceof RuleError ? error.message : 'failed';
}

function viewOf(record: LogRecord): PipelineLog {
  const { level, service, message } = record;
  const labels = { ...logLabels(record).stream };
  // Later steps change the record's own object.
  const attributes = structuredClone(record.attributes);
  return { timestamp: formatRfc3339Nanos(record.timestamp), level, service, message, labels, attributes };
}
