import { compilePipeline, type FoundLog, type LogQuery, type Stage } from '@aegisguard/logql';
import { logLabels } from '@aegisguard/model';

/** What values of a field look like. */
type FieldType = 'string' | 'int' | 'float' | 'boolean' | 'duration' | 'bytes';

/** A field that lines have. */
export interface DetectedField {
  readonly label: string;
  readonly type: FieldType;
  readonly values: ReadonlySet<string>;
  /** Parsers that find it: `json`, `logfmt`; empty for structured metadata. */
  readonly parsers: ReadonlySet<string>;
}

/** Values of a field that are told apart. */
const VALUES_MAX = 1000;

const PARSERS: readonly (readonly [name: string, stage: Stage])[] = [
  ['json', { kind: 'json', extractions: [] }],
  ['logfmt', { kind: 'logfmt', isStrict: false, keepsEmpty: false, extractions: [] }],
];

const TYPES: readonly (readonly [type: FieldType, form: RegExp])[] = [
  ['int', /^-?\d{1,18}$/],
  ['float', /^-?\d{1,18}\.\d{1,18}(?:e[+-]?\d{1,3})?$/i],
  ['boolean', /^(?:true|false)$/i],
  ['duration', /^-?(?:\d{1,9}(?:\.\d{1,9})?(?:ns|us|µs|ms|s|m|h)){1,6}$/],
  ['bytes', /^\d{1,12}(?:\.\d{1,6})? ?(?:[kmgtpe]i?)?b$/i],
];

/** The fields of logs: their metadata, what the query's own parsers found, and where it has none, what the usual parsers find in their lines. */
export function detectFields(query: LogQuery, found: readonly FoundLog[]): readonly DetectedField[] {
  const own = query.stages
    .map(({ kind }) => kind)
    .filter((kind) => ['json', 'logfmt', 'regexp', 'pattern', 'unpack'].includes(kind));
  const parsers = PARSERS.map(([name, stage]) => ({ name, pipeline: compilePipeline([stage]) }));
  const fields = new Map<string, { type: FieldType | undefined; values: Set<string>; parsers: Set<string> }>();
  const add = (label: string, value: string, by: readonly string[]): void => {
    if (label.startsWith('__')) {
      return;
    }
    const field = fields.get(label) ?? { type: undefined, values: new Set(), parsers: new Set() };
    fields.set(label, field);
    for (const parser of by) {
      field.parsers.add(parser);
    }
    if (field.values.size < VALUES_MAX) {
      field.values.add(value);
    }
    const type = typeOf(value);
    field.type = field.type === undefined || field.type === type ? type : 'string';
  };
  for (const { log, line, categories } of found) {
    for (const [label, value] of Object.entries(categories.metadata)) {
      add(label, value, []);
    }
    for (const [label, value] of Object.entries(categories.parsed)) {
      add(label, value, own);
    }
    for (const { name, pipeline } of own.length > 0 ? [] : parsers) {
      const parsed = pipeline.process({ timestamp: log.position.timestamp, line, labels: logLabels(log) })?.labels;
      // A line of another form is no fault here.
      for (const [label, value] of parsed?.get('__error__') === undefined
        ? Object.entries(parsed?.byCategory().parsed ?? {})
        : []) {
        add(label, value, [name]);
      }
    }
  }
  return [...fields].map(([label, { type = 'string', values, parsers: by }]) => ({ label, type, values, parsers: by }));
}

function typeOf(value: string): FieldType {
  return TYPES.find(([, form]) => form.test(value))?.[0] ?? 'string';
}
