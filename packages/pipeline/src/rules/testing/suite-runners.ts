// What each table of Promtail's stage tests asks, as checks of import and execution.
import { type JsonValue, normalizeLabels, seriesOfLabelSet } from '@aegisguard/model';
import { expect } from 'vitest';
import { compilePipelines } from '../compile-pipelines.ts';
import { MetricTally } from '../metrics/metric-tally.ts';
import type { YamlValue } from '../promtail/stage-fields.ts';
import { timeReader } from '../time/time-reader.ts';
import { goTime } from './go-times.ts';
import { configOf, type Json, plain, textsOf } from './go-values.ts';
import { NOW_MS, readStages, runStages, type TestEntry, type TestResult } from './run-stages.ts';

/** A row of a table. */
export type Case = Readonly<Record<string, Json>>;
/** Throws where the row is not as it should be; `Unresolved` where it cannot be told. */
type Check = (row: Case) => void;

function one(stages: string | YamlValue, entry: TestEntry): TestResult {
  const [result] = runStages(stages, [entry]);
  if (result === undefined) {
    throw new TypeError('an entry gives a result');
  }
  return result;
}

function valuesOf(value: Json | undefined): Record<string, JsonValue> {
  const given = plain(value);
  return Array.isArray(given) || given === null || given === undefined ? {} : (given as Record<string, JsonValue>);
}

/** Null is no value. */
function present(values: Readonly<Record<string, JsonValue>>): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** Whether a configuration is refused, by the import or when it is made ready. */
function isRefused(stages: string | YamlValue): boolean {
  try {
    const steps = readStages(stages).pipelines.flatMap((pipeline) => pipeline.steps);
    compilePipelines({ rules: [{ name: 'x', enabled: true, selector: '{}', steps: [...steps] }], retention: [] });
    return false;
  } catch {
    return true;
  }
}

/** `config` is a stage's, refused where an error is expected. */
function validates(stage: string, config = 'config', error = 'err'): Check {
  return (row) => {
    const isWrong = row[error] !== null && row[error] !== false && row[error] !== undefined;
    expect(isRefused([{ [stage]: configOf(row[config]) }])).toBe(isWrong);
  };
}

/** A stage over an entry with values; what was extracted must be as expected. */
function extracts(stage: string, before = 'extracted', after = 'expectedExtract'): Check {
  return (row) => {
    const entry = { line: String(plain(row.entry) ?? ''), extracted: valuesOf(row[before]) };
    const { extracted } = one([{ [stage]: configOf(row.config) }], entry);
    expect(present(extracted)).toEqual(present(valuesOf(row[after])));
  };
}

/** A stage over the labels of an entry. */
function labels(stage: string, config: (row: Case) => YamlValue, extracted = 'extractedData'): Check {
  return (row) => {
    const entry = { labels: textsOf(row.inputLabels), extracted: valuesOf(row[extracted]) };
    expect(one([{ [stage]: config(row) }], entry).labels).toEqual(textsOf(row.expectedLabels));
  };
}

/** YAML over a line; `expectedExtract` is among what was extracted. */
const extractsByYaml: Check = (row) => {
  const { extracted } = one(String(row.config), { line: String(plain(row.entry)) });
  expect(present(extracted)).toMatchObject(present(valuesOf(row.expectedExtract)));
};

const replaces: Check = (row) => {
  const { extracted, line } = one(String(row.config), { line: String(row.entry) });
  expect(line).toBe(row.expectedEntry);
  expect(extracted).toMatchObject(valuesOf(row.extracted));
};

const eventMessage: Check = (row) => {
  const source = String(row.sourcekey);
  const expected = valuesOf(row.extractedValues);
  const before = { [source]: String(plain(row.msgdata)), ...('test' in expected ? { test: 'existing value' } : {}) };
  const { [source]: _, ...found } = one(String(row.config), { extracted: before }).extracted;
  expect(found).toEqual(expected);
};

const dropped: Check = (row) => {
  const timestamp = goTime(row.t, NOW_MS);
  const entry = { line: String(row.entry ?? ''), labels: textsOf(row.labels), extracted: valuesOf(row.extracted) };
  const result = one([{ drop: configOf(row.config) }], timestamp === undefined ? entry : { ...entry, timestamp });
  expect(result.isDropped).toBe(row.shouldDrop);
};

/** Lines of containers: their message, time and stream. */
function container(stage: string): Check {
  return (row) => {
    const result = one([{ [stage]: null }], { line: String(row.entry), labels: textsOf(row.labels) });
    expect([result.line, result.labels]).toEqual([row.expectedEntry, textsOf(row.expectedLabels)]);
    const expected = row.expectedT as Readonly<Record<string, Json>>;
    if ('$call' in expected) {
      expect(result.timestamp).toBe(goTime(row.expectedT, NOW_MS));
    }
  };
}

const wholeLines: Check = (row) => {
  const entries = (row.entries as readonly Case[]).map(({ line, labels: of }) => ({
    line: String(line),
    labels: textsOf(of),
  }));
  expect(runStages([{ cri: null }], entries).map(({ line }) => line)).toEqual(row.expected);
};

const matches: Check = (row) => {
  const action = plain(row.action) as string;
  const stages = action === 'keep' ? [{ static_labels: { ran: 'yes' } }] : [];
  const stage = [{ match: { selector: String(row.selector), action, stages } }];
  if (row.wantErr === true) {
    expect(isRefused(stage)).toBe(true);
    return;
  }
  const result = one(stage, { line: 'foo', labels: textsOf(row.labels) });
  expect([result.isDropped, result.labels.ran === 'yes']).toEqual([row.shouldDrop, row.shouldRun]);
};

const matchConfigs: Check = (row) => {
  const { stages, ...config } = (configOf(row.cfg) ?? {}) as { stages?: YamlValue };
  const inner = Array.isArray(stages) ? stages.map(() => ({ decolorize: null })) : null;
  expect(isRefused([{ match: { ...config, stages: inner } }])).toBe(row.wantErr);
};

const packs: Check = (row) => {
  const { Extracted: extracted, Entry: entry } = row.inputEntry as { Extracted: Json; Entry: Case };
  const config = row.config as { Labels: Json; IngestTimestamp: Json };
  const stage = { labels: plain(config.Labels), ingest_timestamp: plain(config.IngestTimestamp) };
  const timestamp = 1_000_000_000n;
  const line = 'test line 1';
  const result = one([{ pack: stage }], {
    line,
    labels: textsOf(entry.Labels),
    extracted: valuesOf(extracted),
    timestamp,
  });
  const wanted = (row.expectedEntry as { Entry: Case }).Entry;
  expect(result.labels).toEqual(textsOf(wanted.Labels));
  // The expected line is an expression of Go around a JSON text.
  const expression = String(((wanted.Entry as Case).Line as Case).$expr);
  expect(JSON.stringify(result.line).slice(1, -1)).toBe(
    expression.replaceAll('" + logqlmodel.PackedEntryKey + "', '_entry').slice(1, -1),
  );
  expect(result.timestamp === timestamp).toBe(stage.ingest_timestamp === 'false');
};

const processes: Check = (row) => {
  const result = one(String(row.config), { line: String(row.entry), labels: textsOf(row.initialLabels) });
  expect([result.line, result.labels]).toEqual([row.expectedEntry, textsOf(row.expectedLabels)]);
};

const metadata: Check = (row) => {
  const entry = { line: String(row.logLine), labels: textsOf(row.streamLabels) };
  const result = one(String(row.pipelineStagesYaml), entry);
  const expected = (plain(row.expectedStructuredMetadata) as { Name: string; Value: string }[]).map(
    ({ Name, Value }) => [Name, Value],
  );
  expect([result.metadata, result.labels]).toEqual([Object.fromEntries(expected), textsOf(row.expectedLabels)]);
};

const timestampConfigs: Check = (row) => {
  const stage = [{ timestamp: configOf(row.config) }];
  expect(isRefused(stage)).toBe(row.err !== null);
  if (row.err === null) {
    const expected = goTime(row.expectedTime, NOW_MS);
    expect(one(stage, { extracted: { source1: String(row.testString) } }).timestamp).toBe(expected);
  }
};

const timestamps: Check = (row) => {
  const { timestamp } = one([{ timestamp: configOf(row.config) }], { extracted: valuesOf(row.extracted) });
  expect(timestamp).toBe(goTime(row.expected, NOW_MS));
};

const failures: Check = (row) => {
  const entries = (row.inputEntries as readonly Case[]).map((entry) => ({
    labels: textsOf(entry.labels),
    extracted: valuesOf(entry.extracted),
    timestamp: goTime(entry.timestamp, NOW_MS) ?? 0n,
  }));
  const results = runStages([{ timestamp: configOf(row.config) }], entries);
  const expected = (row.expectedTimestamps as readonly Json[]).map((time) => goTime(time, NOW_MS));
  expect(results.map(({ timestamp }) => timestamp)).toEqual(expected);
};

/** A layout over a text, at a moment. */
const layouts: Check = (row) => {
  const nowMs = row.now === undefined ? NOW_MS : Number((goTime(row.now, NOW_MS) ?? 0n) / 1_000_000n);
  const read = timeReader(String(row.layout), row.location === null ? 'UTC' : 'America/New_York');
  expect(read?.(String(row.timestamp), nowMs)).toBe(goTime(row.expected, nowMs));
};

/** Metrics as https://prometheus.io/docs/instrumenting/exposition_formats/ has them; the order of labels means nothing. */
const collects: Check = (row) => {
  const labels = row.labels === undefined ? {} : textsOf(row.labels);
  const { observations } = one(String(row.promtailConfig), { line: String(row.line), labels });
  const tally = new MetricTally();
  for (const observation of observations) {
    tally.add(observation);
  }
  const changes = tally.changes(normalizeLabels);
  const made = changes.flatMap((change) =>
    seriesOfLabelSet(change).map(([name, ...rest], at) => [name?.[1], rest, (change.set ?? 0) + (change.add[at] ?? 0)]),
  );
  const [help, type, ...lines] = String(row.expectedCollect).trim().split('\n');
  expect(made).toEqual(
    lines.map((line) => {
      const [, name, list = '', value] = /^(\w+)\{(.*)\} (\S+)$/.exec(line) ?? [];
      const pairs = [...list.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, text]) => [label, text]);
      return [name, pairs.sort(), Number(value)];
    }),
  );
  const { metric, type: madeType, help: madeHelp } = changes[0]?.metadata ?? {};
  expect([`# HELP ${metric} ${madeHelp}`, `# TYPE ${metric} ${madeType}`]).toEqual([help, type]);
};

const passesOn: Check = (row) => {
  const stages = [{ match: { selector: '{match="false"}', action: 'drop' } }];
  expect(one(stages, { labels: textsOf(row.labels) }).isDropped).toBe(!row.shouldSend);
};

const selectors: Check = (row) => {
  const text = String(row.in ?? row.input);
  expect(isRefused([{ match: { selector: text, stages: [{ decolorize: null }] } }])).toBe('err' in row);
};

/** By the name of the test. */
export const CHECKS: Readonly<Record<string, Check>> = {
  TestPipeline_Decolorize: (row) =>
    expect(one(String(row.config), { line: String(row.entry) }).line).toBe(row.expectedEntry),
  Test_dropStage_Process: dropped,
  Test_validateDropConfig: validates('drop', 'config', 'wantErr'),
  TestEventLogMessage_simple: eventMessage,
  TestEventLogMessage_Real: eventMessage,
  TestEventLogMessage_invalid: eventMessage,
  TestEventLogMessageConfig_validate: validates('eventlogmessage'),
  TestNewDocker: container('docker'),
  TestNewCri: container('cri'),
  TestCRI_tags: wholeLines,
  TestPipeline_JSON: extractsByYaml,
  TestPipeline_Logfmt: extractsByYaml,
  TestPipeline_Regex: extractsByYaml,
  TestPipeline_Replace: replaces,
  TestJSONConfig_validate: validates('json'),
  TestLogfmtConfig_validate: validates('logfmt'),
  TestRegexConfig_validate: validates('regex'),
  TestReplaceConfig_validate: validates('replace'),
  TestJSONParser_Parse: extracts('json'),
  TestLogfmtParser_Parse: extracts('logfmt'),
  TestRegexParser_Parse: extracts('regex'),
  Test_addLabelStage_Process: labels('labelallow', ({ config }) => plain(config)),
  Test_dropLabelStage_Process: labels('labeldrop', ({ config }) => plain(config)),
  Test_staticLabelStage_Process: labels('static_labels', ({ config }) => plain(config)),
  TestLabelStage_Process: labels('labels', ({ config }) => plain(config)),
  TestLabels: (row) => expect(isRefused([{ labels: plain(row.config) }])).toBe(row.err !== null),
  TestMatcher: matches,
  Test_validateMatcherConfig: matchConfigs,
  TestOutputValidation: validates('output'),
  Test_packStage_Run: packs,
  TestPipeline_Process: processes,
  TestPipeline_Wrap: passesOn,
  Test_StructuredMetadataStage: metadata,
  TestTemplateValidation: validates('template'),
  TestTemplateStage_Process: extracts('template', 'extracted', 'expectedExtracted'),
  TestTimestampValidation: timestampConfigs,
  TestTimestampStage_Process: timestamps,
  TestTimestampStage_ProcessActionOnFailure: failures,
  TestConvertDateLayout: layouts,
  TestParseTimestampWithoutYear: layouts,
  TestTenantStage_Validation: validates('tenant', 'config', 'expectedErr'),
  Test_ValidateConfigs: (row) => {
    // Its fields are written together there.
    const { DB: db, Source: source, DBType: dbType } = row.config as Case;
    expect(isRefused([{ geoip: { db, source, db_type: dbType } as YamlValue }])).toBe(row.wantError !== null);
  },
  TestNonPrometheusLabelsShouldBeDropped: collects,
  TestValidateMetricsConfig: (row) => {
    const all = Object.entries((plain(row.config) ?? {}) as Record<string, Record<string, YamlValue>>);
    const metrics = all.map(([name, { MetricType, IdleDuration, Config }]) => [
      name,
      { type: MetricType, max_idle_duration: IdleDuration, config: configOf((Config ?? null) as Json) },
    ]);
    expect(isRefused([{ metrics: Object.fromEntries(metrics) as YamlValue }])).toBe(row.err !== null);
  },
  TestLex: selectors,
  TestParse: selectors,
};
