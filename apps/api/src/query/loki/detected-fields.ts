import { compilePipeline, type FoundLog, type LogQuery, type Stage } from '@aegisguard/logql';
import { type LabelValues, logLabels } from '@aegisguard/model';

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

/** Fields, and values of a field that are told apart. */
const FIELDS_MAX = 1000;
const VALUES_MAX = 1000;
/** Characters of lines that are looked at: a fifth of a second. */
const CHARACTERS_MAX = 4 * 1024 ** 2;

const PARSERS: readonly (readonly [name: string, stage: Stage])[] = [
  ['json', { kind: 'json', extractions: [] }],
  ['logfmt', { kind: 'logfmt', isStrict: false, keepsEmpty: false, extractions: [] }],
];

const PARSER_KINDS: ReadonlySet<Stage['kind']> = new Set(['json', 'logfmt', 'regexp', 'pattern', 'unpack']);

const TYPES: readonly (readonly [type: FieldType, form: RegExp])[] = [
  ['int', /^-?\d{1,18}$/],
  ['float', /^-?\d{1,18}\.\d{1,18}(?:e[+-]?\d{1,3})?$/i],
  ['boolean', /^(?:true|false)$/i],
  ['duration', /^-?(?:\d{1,9}(?:\.\d{1,9})?(?:ns|us|µs|ms|s|m|h)){1,6}$/],
  ['bytes', /^\d{1,12}(?:\.\d{1,6})? ?(?:[kmgtpe]i?)?b$/i],
];

/** The fields of logs: their metadata, what the query's own parsers found, and where it has none, what the usual parsers find in their lines. */
export function detectFields(query: LogQuery, found: readonly FoundLog[]): readonly DetectedField[] {
  const own = query.stages.map(({ kind }) => kind).filter((kind) => PARSER_KINDS.has(kind));
  const parsers = own.length > 0 ? [] : PARSERS.map(([name, stage]) => ({ name, pipeline: compilePipeline([stage]) }));
  const fields = new Fields();
  let characters = 0;
  for (const { log, line, categories } of found) {
    if (characters > CHARACTERS_MAX) {
      break;
    }
    characters += line.length;
    fields.add(categories.metadata, []);
    fields.add(categories.parsed, own);
    for (const { name, pipeline } of parsers) {
      const labels = pipeline.process({ timestamp: log.position.timestamp, line, labels: logLabels(log) })?.labels;
      // A line of another form is no fault here.
      if (labels !== undefined && labels.get('__error__') === undefined) {
        fields.add(labels.byCategory().parsed, [name]);
      }
    }
  }
  return fields.all();
}

/** Fields as they are found. */
class Fields {
  readonly #fields = new Map<string, { type: FieldType | undefined; values: Set<string>; parsers: Set<string> }>();

  add(labels: LabelValues, parsers: readonly string[]): void {
    for (const [label, value] of Object.entries(labels)) {
      if (!label.startsWith('__') && (this.#fields.has(label) || this.#fields.size < FIELDS_MAX)) {
        this.#addValue(label, value, parsers);
      }
    }
  }

  all(): readonly DetectedField[] {
    return [...this.#fields].map(([label, { type = 'string', values, parsers }]) => ({ label, type, values, parsers }));
  }

  #addValue(label: string, value: string, parsers: readonly string[]): void {
    const field = this.#fields.get(label) ?? { type: undefined, values: new Set(), parsers: new Set() };
    this.#fields.set(label, field);
    for (const parser of parsers) {
      field.parsers.add(parser);
    }
    if (field.values.size < VALUES_MAX) {
      field.values.add(value);
    }
    const type = typeOf(value);
    field.type = field.type === undefined || field.type === type ? type : 'string';
  }
}

function typeOf(value: string): FieldType {
  return TYPES.find(([, form]) => form.test(value))?.[0] ?? 'string';
}
