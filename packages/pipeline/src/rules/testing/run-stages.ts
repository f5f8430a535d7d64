import { type JsonValue, LogPipelines, type LogRecord, nanosFromMs, PUSHED_METADATA } from '@aegisguard/model';
import { sampleRecord } from '../../testing/sample-record.ts';
import { compilePipelines } from '../compile-pipelines.ts';
import type { Observation } from '../metrics/log-metric.ts';
import { type ImportedStages, importStageList, importStages } from '../promtail/import-stages.ts';
import type { YamlValue } from '../promtail/stage-fields.ts';
import { RuleBudget } from '../rule-budget.ts';
import { runSteps } from '../run-steps.ts';
import { WorkingEntry } from '../working-entry.ts';

/** A log as Promtail's tests have it. */
export interface TestEntry {
  readonly line?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly extracted?: Readonly<Record<string, JsonValue>>;
  readonly timestamp?: bigint;
}

/** What became of it. */
export interface TestResult {
  readonly line: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly extracted: Readonly<Record<string, JsonValue>>;
  readonly timestamp: bigint;
  readonly isDropped: boolean;
  readonly observations: readonly Observation[];
}

export const NOW_MS = Date.UTC(2026, 10, 27);
const RETENTION_DAYS = 36_500;

/** The steps of YAML, or of a list of stages. Throws what is wrong with them. */
export function readStages(stages: string | YamlValue): ImportedStages {
  const read = typeof stages === 'string' ? importStages(stages) : importStageList(stages);
  if (read.faults.length > 0) {
    throw new Error(read.faults.map(({ path, reason }) => `${path}: ${reason}`).join('; '));
  }
  return read;
}

/** Imports stages and runs entries through them, one after the other, as those of one Loki push. */
export function runStages(stages: string | YamlValue, entries: readonly TestEntry[]): readonly TestResult[] {
  const steps = readStages(stages).pipelines[0]?.steps ?? [];
  const compiled = compilePipelines(
    LogPipelines.parse({ rules: steps.length === 0 ? [] : [{ name: 'stages', steps }] }),
  );
  const run = {
    batchId: 'batch',
    receivedAtMs: NOW_MS,
    retentionDays: RETENTION_DAYS,
    budget: new RuleBudget(),
    lastTimes: new Map(),
  };
  return entries.map((given) => {
    const record = pushed(given);
    const entry = new WorkingEntry(record);
    for (const [name, value] of Object.entries(given.extracted ?? {})) {
      entry.values.set(name, value);
    }
    run.budget.startRecord();
    runSteps(compiled.rules[0]?.steps ?? [], entry, run);
    return resultOf(record, entry);
  });
}

function pushed({ line = '', labels = {}, timestamp = nanosFromMs(NOW_MS) }: TestEntry): LogRecord {
  const details = { [PUSHED_METADATA]: 0 };
  const fields = { message: line, resource: { ...labels }, details, service: 'unknown_service' };
  return sampleRecord({ ...fields, timestamp: timestamp as LogRecord['timestamp'] });
}

function resultOf(record: LogRecord, entry: WorkingEntry): TestResult {
  const { stream, metadata } = entry.allLabels();
  return {
    line: record.message,
    labels: stream,
    metadata,
    extracted: Object.fromEntries(entry.values),
    timestamp: record.timestamp,
    isDropped: entry.dropped !== undefined,
    observations: entry.observations ?? [],
  };
}
