import {
  DEFAULT_PRIVACY_POLICY,
  type IngestEnvelope,
  type LogRecord,
  LogRule,
  nanosFromMs,
  parseOrgId,
} from '@aegisguard/model';
import {
  createRecordPipeline,
  createScrubber,
  createUserAgentLookup,
  type ImportedStages,
  importStages,
  LOG_READING_STAGES,
  NO_GEO,
  type PipelineFault,
  pipelineFaults,
  ScrubTally,
  traceRules,
} from '@aegisguard/pipeline';
import type { PipelinePreview, PipelineQuestion, PipelineTrialAnswer } from './pipeline-trial.ts';

const RETENTION_DAYS = 3650;
/** UTF-16 units of a stored message that rules are tried on: what a page shows. */
const MESSAGE_LENGTH_MAX = 20_000;
const BATCH_ID = '00000000-0000-7000-8000-000000000000';

const reading = createRecordPipeline(LOG_READING_STAGES);

/** Throws `PipelineFaults` for rules that cannot be used. */
export function answerTrial(question: PipelineQuestion): PipelineTrialAnswer {
  switch (question.kind) {
    case 'check':
      return { faults: at('/pipelines', pipelineFaults(question.pipelines)) };
    case 'preview':
      return { preview: { logs: [...preview(question.preview)] } };
    case 'import':
      return imported(importStages(question.yaml));
  }
}

function preview({ pipelines, lines, records, receivedAtMs }: PipelinePreview) {
  const batch = { batchId: BATCH_ID, receivedAtMs, retentionDays: RETENTION_DAYS };
  const stored = records.map((record) => ({ ...record, message: record.message.slice(0, MESSAGE_LENGTH_MAX) }));
  return traceRules(pipelines, lines === undefined ? stored : typed(lines, receivedAtMs), batch);
}

/** Lines as they would come in, up to where rules are applied. */
function typed(lines: readonly string[], receivedAtMs: number): readonly LogRecord[] {
  const records = lines.map((message, index) => recordOf(message, index, receivedAtMs));
  const envelope: IngestEnvelope = {
    v: 1,
    orgId: parseOrgId(BATCH_ID),
    signal: 'logs',
    format: 'native-json',
    batchId: BATCH_ID,
    keyId: '',
    receivedAtMs,
    retentionDays: RETENTION_DAYS,
    accepted: records.length,
    rejected: [],
    clientAddress: '',
  };
  reading.run(records, {
    envelope,
    scrubber: createScrubber(DEFAULT_PRIVACY_POLICY, new Uint8Array(32)),
    tally: new ScrubTally(),
    geo: NO_GEO,
    userAgents: createUserAgentLookup(),
  });
  return records;
}

function recordOf(message: string, index: number, receivedAtMs: number): LogRecord {
  return {
    timestamp: nanosFromMs(receivedAtMs),
    level: 'info',
    severityNumber: 0,
    severityText: '',
    service: 'unknown',
    message: message.toWellFormed(),
    host: '',
    env: '',
    version: '',
    traceId: '',
    spanId: '',
    scopeName: '',
    scopeVersion: '',
    attributes: {},
    resource: {},
    details: {},
    geo: {},
    userAgent: {},
    ingestId: '',
    truncated: false,
    index,
  };
}

/** Each pipeline becomes a rule; what the schema or the compiler does not take of it is a fault, as Promtail's own are. */
function imported({ pipelines, notCarried, faults }: ImportedStages): PipelineTrialAnswer {
  if (faults.length > 0) {
    return { faults: faults.map(({ path, reason }) => ofYaml(path, reason)) };
  }
  const names = new Set<string>();
  const parsed = pipelines
    .filter(({ steps }) => steps.length > 0)
    .map(({ name, steps }) => LogRule.safeParse({ name: unique(name?.trim() || 'imported', names), steps }));
  const wrong = parsed.flatMap(({ error }) => error?.issues ?? []);
  if (wrong.length > 0) {
    return { faults: wrong.map(({ path, message }) => ofYaml(path.join('.'), message)) };
  }
  const rules = parsed.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const problems = pipelineFaults({ rules, retention: [] });
  return problems.length > 0
    ? { faults: problems.map(({ path, message }) => ofYaml(path, message)) }
    : { imported: { rules, notCarried: notCarried.map(({ path, reason }) => ({ path, reason })) } };
}

function unique(name: string, names: Set<string>): string {
  let unused = name;
  for (let count = 2; names.has(unused); count += 1) {
    unused = `${name} ${count}`;
  }
  names.add(unused);
  return unused;
}

function ofYaml(path: string, message: string): PipelineFault {
  return { path: '/yaml', message: path === '' ? message : `${path}: ${message}` };
}

function at(outer: string, faults: readonly PipelineFault[]): readonly PipelineFault[] {
  return faults.map(({ path, message }) => ({ path: `${outer}${path}`, message }));
}
