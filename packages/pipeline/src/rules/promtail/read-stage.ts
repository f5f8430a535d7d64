// https://grafana.com/docs/loki/latest/send-data/promtail/stages/ and https://grafana.com/docs/alloy/latest/reference/components/loki/loki.process/
import { type LogRuleStep, TIMESTAMP_FAILURES } from '@aegisguard/model';
import { LOST_STAGES } from './read-lost-stage.ts';
import { readMetrics } from './read-metrics.ts';
import { StageFault, StageFields, textList, textMap, type YamlValue } from './stage-fields.ts';
import { byteSize, durationSeconds } from './units.ts';

/** What a stage becomes. */
export interface ReadStage {
  readonly steps: readonly LogRuleStep[];
  /** What of it is not here; undefined for nothing. */
  readonly lost?: string;
}

type ReadNested = (stages: YamlValue, path: string) => readonly LogRuleStep[];
type Reader = (value: YamlValue, nested: ReadNested) => ReadStage;

/** A stage whose configuration is a map, and each of whose members is known. */
function ofMap(read: (fields: StageFields, nested: ReadNested) => LogRuleStep | readonly LogRuleStep[]): Reader {
  return (value, nested) => {
    const fields = new StageFields(value);
    const read_ = read(fields, nested);
    const steps = Array.isArray(read_) ? (read_ as readonly LogRuleStep[]) : [read_ as LogRuleStep];
    return fields.rest.length === 0 ? { steps } : { steps, lost: `not known: ${fields.rest.join(', ')}` };
  };
}

const regex = ofMap((fields) => {
  const expression = fields.need('expression');
  const source = fields.source();
  const fromGroups = fields.truth('labels_from_groups', false);
  const step: LogRuleStep = { kind: 'regex', expression, source, store: false };
  const names = [...expression.matchAll(/\(\?P?<(\w+)>/g)].map(([, name = '']) => [name, ''] as const);
  return fromGroups ? [step, { kind: 'labels', labels: Object.fromEntries(names) }] : step;
});

const json = ofMap((fields) => {
  const expressions = fields.map('expressions');
  if (Object.keys(expressions).length === 0) {
    throw new StageFault('expressions are needed');
  }
  const dropMalformed = fields.truth('drop_malformed', false);
  return { kind: 'json', expressions, source: fields.source(), dropMalformed, store: false };
});

const logfmt = ofMap((fields) => {
  const mapping = fields.map('mapping');
  if (Object.keys(mapping).length === 0) {
    throw new StageFault('mapping is needed');
  }
  return { kind: 'logfmt', mapping, source: fields.source(), store: false };
});

const DOCKER: readonly LogRuleStep[] = [
  {
    kind: 'json',
    expressions: { output: 'log', stream: 'stream', timestamp: 'time' },
    dropMalformed: false,
    store: false,
  },
  { kind: 'labels', labels: { stream: '' } },
  { kind: 'timestamp', source: 'timestamp', formats: ['RFC3339Nano'], onFailure: 'fudge' },
  { kind: 'output', source: 'output' },
];

const CRI_LINE = '^(?s)(?P<time>\\S+?) (?P<stream>stdout|stderr) (?P<flags>\\S+?) (?P<content>.*)$';
const CRI: readonly LogRuleStep[] = [
  { kind: 'regex', expression: CRI_LINE, store: false },
  { kind: 'labels', labels: { stream: '' } },
  { kind: 'timestamp', source: 'time', formats: ['RFC3339Nano'], onFailure: 'fudge' },
  { kind: 'output', source: 'content' },
];

const cri: Reader = () => ({ steps: CRI, lost: 'the parts of a cut line are not put together: each stays a log' });

const replace = ofMap((fields) => ({
  kind: 'replace',
  expression: fields.need('expression'),
  source: fields.source(),
  replacement: fields.text('replace') ?? '',
}));

const template = ofMap((fields) => ({
  kind: 'template',
  source: fields.need('source'),
  template: fields.text('template') ?? '',
}));

const timestamp = ofMap((fields) => {
  const source = fields.need('source');
  const formats = [fields.need('format'), ...fields.list('fallback_formats')];
  const onFailure = fields.text('action_on_failure') ?? 'fudge';
  const known = TIMESTAMP_FAILURES.find((failure) => failure === onFailure);
  if (known === undefined) {
    throw new StageFault(`action_on_failure must be one of ${TIMESTAMP_FAILURES.join(', ')}`);
  }
  const location = fields.text('location') || undefined;
  return { kind: 'timestamp', source, formats, location, onFailure: known };
});

const drop: Reader = (value, nested) => {
  const read = ofMap((fields) => {
    // A reason is a label of a counter there.
    fields.take('drop_counter_reason');
    const raw = fields.take('source');
    const sources = textList(typeof raw === 'number' ? [{}] : raw, 'source');
    const longerThan = fields.text('longer_than');
    const olderThan = fields.text('older_than');
    const step = {
      kind: 'drop' as const,
      sources: [...sources],
      separator: fields.text('separator') ?? ';',
      expression: fields.text('expression'),
      value: fields.text('value'),
      longerThanBytes: longerThan === undefined ? undefined : byteSize(longerThan, 'longer_than'),
      olderThanSeconds: olderThan === undefined ? undefined : durationSeconds(olderThan, 'older_than'),
    };
    return step;
  });
  return read(value, nested);
};

const match = ofMap((fields, nested) => {
  fields.take('pipeline_name');
  fields.take('drop_counter_reason');
  const selector = fields.need('selector');
  if (/^\s*\{\s*\}/.test(selector)) {
    throw new StageFault('the selector needs a matcher');
  }
  const action = fields.text('action') || 'keep';
  if (action !== 'keep' && action !== 'drop') {
    throw new StageFault('action must be keep or drop');
  }
  const stages = fields.take('stages');
  const count = Array.isArray(stages) ? stages.length : 0;
  if (count > 0 !== (action === 'keep')) {
    throw new StageFault(action === 'keep' ? 'stages are needed' : 'there must be no stages where logs are dropped');
  }
  return { kind: 'match', selector, action, steps: count === 0 ? [] : [...nested(stages, 'stages')] };
});

const pack = ofMap((fields) => ({
  kind: 'pack',
  labels: [...fields.list('labels')],
  ingestTimestamp: fields.truth('ingest_timestamp', true),
}));

const sampling = ofMap((fields) => {
  fields.take('drop_counter_reason');
  const rate = Number(fields.need('rate'));
  if (!(rate >= 0 && rate <= 1)) {
    throw new StageFault('rate must be between 0 and 1');
  }
  return { kind: 'sample', rate };
});

const eventLogMessage = ofMap((fields) => {
  const given = fields.take('source');
  if (given !== undefined && (typeof given !== 'string' || !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(given))) {
    throw new StageFault('source must be the name of a label');
  }
  const dropInvalid = fields.truth('drop_invalid_labels', false);
  const overwrite = fields.truth('overwrite_existing', false);
  return { kind: 'event-message', source: given ?? 'message', dropInvalid, overwrite, store: false };
});

/** A stage that is a map or a list by itself. */
function whole(make: (value: YamlValue) => LogRuleStep): Reader {
  return (value) => ({ steps: [make(value)] });
}

function names(value: YamlValue): string[] {
  const list = [...textList(value, 'a label')];
  if (list.length === 0) {
    throw new StageFault('a list of labels is needed');
  }
  return list;
}

function demandMap(value: YamlValue): Record<string, string> {
  const map = textMap(value, 'the stage');
  if (Object.keys(map).length === 0) {
    throw new StageFault('a map of labels is needed');
  }
  return map;
}

const attributes = whole((value) => ({ kind: 'attributes', attributes: demandMap(value) }));

/** The stages that there are, by name. */
const READERS: Readonly<Record<string, Reader>> = {
  regex,
  json,
  logfmt,
  docker: () => ({ steps: DOCKER }),
  cri,
  replace,
  template,
  timestamp,
  output: ofMap((fields) => ({ kind: 'output', source: fields.need('source') })),
  labels: whole((value) => ({ kind: 'labels', labels: demandMap(value) })),
  static_labels: whole((value) => ({ kind: 'static-labels', labels: demandMap(value) })),
  labeldrop: whole((value) => ({ kind: 'drop-labels', names: names(value) })),
  labelallow: whole((value) => ({ kind: 'keep-labels', names: names(value) })),
  structured_metadata: attributes,
  non_indexed_labels: attributes,
  structured_metadata_drop: whole((value) => ({ kind: 'drop-attributes', names: names(value) })),
  drop,
  match,
  pack,
  sampling,
  decolorize: () => ({ steps: [{ kind: 'decolorize' }] }),
  eventlogmessage: eventLogMessage,
  metrics: readMetrics,
};

/** Reads a stage by its name; throws `StageFault`. */
export function readStage(name: string, value: YamlValue, nested: ReadNested): ReadStage {
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (read !== undefined) {
    return read(value, nested);
  }
  const [lost, check] = (Object.hasOwn(LOST_STAGES, name) ? LOST_STAGES[name] : undefined) ?? [];
  check?.(value);
  return { steps: [], lost: lost ?? 'there is no such stage here' };
}
