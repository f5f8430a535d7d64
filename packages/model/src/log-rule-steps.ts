import { z } from 'zod';

/** Members of a step that is a map. */
const ENTRIES_MAX = 50;
/** UTF-16 units. */
const EXPRESSION_LENGTH_MAX = 4000;

/** The name of an extracted value, a label or an attribute. */
const FieldName = z.string().min(1, 'Enter a name.').max(255, 'At most 255 characters.');
const Expression = z.string().min(1, 'Enter an expression.').max(EXPRESSION_LENGTH_MAX, 'At most 4,000 characters.');
const FieldNames = z.array(FieldName).min(1, 'Add a name.').max(ENTRIES_MAX, 'At most 50 names.');

function mapOf<Value extends z.ZodType>(value: Value) {
  return z
    .record(FieldName, value)
    .refine((map) => Object.keys(map).length <= ENTRIES_MAX, `At most ${ENTRIES_MAX} entries.`);
}

/** Where the text to read is: an extracted value, or a label; absent for the message. */
const source = FieldName.optional();
/** Whether what is extracted becomes attributes of the record, too; otherwise only later steps of the rule see it. */
const store = z.boolean().default(true);

/** Named groups of an RE2 expression become values. */
const RegexStep = z.strictObject({ kind: z.literal('regex'), source, expression: Expression, store });

/** The first of some grok expressions that matches: `%{IP:client} %{WORD:method}`. */
const GrokStep = z.strictObject({
  kind: z.literal('grok'),
  source,
  patterns: z.array(Expression).min(1, 'Add a pattern.').max(20, 'At most 20 patterns.'),
  /** Patterns of one's own, by name; they go before the common ones. */
  definitions: mapOf(Expression).default({}),
  store,
});

/** Values of a JSON text, by JMESPath; of a map without entries, every member. An empty expression is the value's own name. */
const JsonStep = z.strictObject({
  kind: z.literal('json'),
  source,
  expressions: mapOf(z.string().max(EXPRESSION_LENGTH_MAX)).default({}),
  /** What is no JSON is dropped. */
  dropMalformed: z.boolean().default(false),
  store,
});

/** Values of logfmt, by key; of a map without entries, every pair. An empty key is the value's own name. */
const LogfmtStep = z.strictObject({
  kind: z.literal('logfmt'),
  source,
  mapping: mapOf(z.string().max(255)).default({}),
  store,
});

/** `Name: value` lines, as Windows writes them into events. */
const EventMessageStep = z.strictObject({
  kind: z.literal('event-message'),
  source: FieldName.default('message'),
  /** Leaves out names that are no label's, instead of making one of them. */
  dropInvalid: z.boolean().default(false),
  /** A value that is there already is replaced; otherwise the new one is called `…_extracted`. */
  overwrite: z.boolean().default(false),
  store,
});

/** Each group of an RE2 expression is replaced, or the whole match where it has none. In the template, `.Value` is what was there. */
const ReplaceStep = z.strictObject({
  kind: z.literal('replace'),
  source,
  expression: Expression,
  replacement: z.string().max(EXPRESSION_LENGTH_MAX).default(''),
});

/** A value made of a template; an empty result takes it away. */
const TemplateStep = z.strictObject({
  kind: z.literal('template'),
  source: FieldName,
  template: z.string().max(EXPRESSION_LENGTH_MAX),
});

/** New name → old name, of labels and attributes. */
const RenameStep = z.strictObject({ kind: z.literal('rename'), names: mapOf(FieldName) });

/** Label → the value that it gets; an empty name is the label's own. */
const LabelsStep = z.strictObject({ kind: z.literal('labels'), labels: mapOf(z.string().max(255)) });

/** Labels with fixed values; an empty one adds none. */
const StaticLabelsStep = z.strictObject({ kind: z.literal('static-labels'), labels: mapOf(z.string().max(2048)) });

/** Attribute → the value that it gets; where that is a label, it moves. Of a Loki push attributes are structured metadata. */
const AttributesStep = z.strictObject({ kind: z.literal('attributes'), attributes: mapOf(z.string().max(255)) });

const DropLabelsStep = z.strictObject({ kind: z.literal('drop-labels'), names: FieldNames });
const KeepLabelsStep = z.strictObject({ kind: z.literal('keep-labels'), names: FieldNames });
/** Paths have dots between their parts. */
const DropAttributesStep = z.strictObject({ kind: z.literal('drop-attributes'), names: FieldNames });

/** Drops the log when all that is said holds. */
const DropStep = z.strictObject({
  kind: z.literal('drop'),
  /** All must be there; their values are joined. None: the message. */
  sources: z.array(FieldName).max(20).default([]),
  separator: z.string().max(20).default(';'),
  expression: Expression.optional(),
  /** What the sources must be, joined; empty for values that are there and empty. */
  value: z.string().max(EXPRESSION_LENGTH_MAX).optional(),
  longerThanBytes: z.int().min(0).optional(),
  /** Seconds before the log was received. */
  olderThanSeconds: z.number().positive().optional(),
});

/** Keeps a share of the logs. Which ones is told by the record's id, or by a value, so that all logs with one are kept or none. */
const SampleStep = z.strictObject({ kind: z.literal('sample'), rate: z.number().min(0).max(1), source });

/** What to do where a time cannot be read: leave the one that there is, or take the last one of the same stream and batch and a nanosecond. */
export const TIMESTAMP_FAILURES = ['skip', 'fudge'] as const;

const TimestampStep = z.strictObject({
  kind: z.literal('timestamp'),
  source: FieldName,
  /** Layouts of Go (`2006-01-02 15:04:05`), their names (`RFC3339`), or `Unix`, `UnixMs`, `UnixUs`, `UnixNs`; the first that reads it. */
  formats: z.array(z.string().min(1).max(200)).min(1, 'Add a format.').max(10),
  /** An IANA time zone, for layouts without one. */
  location: z.string().min(1).max(100).optional(),
  onFailure: z.enum(TIMESTAMP_FAILURES).default('fudge'),
});

/** The value becomes the message. */
const OutputStep = z.strictObject({ kind: z.literal('output'), source: FieldName });
/** The value is the level: a name or a number of any of the usual scales. */
const LevelStep = z.strictObject({ kind: z.literal('level'), source: FieldName });
/** Takes ANSI colours out of the message. */
const DecolorizeStep = z.strictObject({ kind: z.literal('decolorize') });

/** Labels and values become part of the message, as LogQL's `unpack` reads it. */
const PackStep = z.strictObject({
  kind: z.literal('pack'),
  labels: z.array(FieldName).max(ENTRIES_MAX).default([]),
  /** The time of the log becomes that of receipt, as of streams that are put together. */
  ingestTimestamp: z.boolean().default(true),
});

/** Cuts a text. */
const TruncateStep = z.strictObject({
  kind: z.literal('truncate'),
  source,
  bytesMax: z.int().min(1),
  /** Behind what was cut; counts. */
  suffix: z.string().max(100).default(''),
});

/** What a metric of logs may be. */
export const LOG_METRIC_TYPES = ['counter', 'gauge', 'histogram'] as const;
/** What a log does to one that is no histogram. */
const LOG_METRIC_ACTIONS = ['inc', 'dec', 'add', 'sub', 'set'] as const;

/** Makes a metric of logs, by https://prometheus.io/docs/concepts/metric_types/. A log counts that reaches the step, whatever later steps do with it. */
const MetricStep = z.strictObject({
  kind: z.literal('metric'),
  type: z.enum(LOG_METRIC_TYPES),
  name: z
    .string()
    .max(200, 'At most 200 characters.')
    .regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'A metric is called with letters, digits, _ and :, and no digit first.'),
  description: z.string().max(500, 'At most 500 characters.').default(''),
  unit: z.string().max(50, 'At most 50 characters.').default(''),
  /** Absent: a counter takes `inc`, a gauge `set`. A histogram takes none: it observes. */
  action: z.enum(LOG_METRIC_ACTIONS).optional(),
  /** The name of the value: what is added, set or observed; for `inc` and `dec`, what a log must have to count. Absent: every log counts. */
  source,
  /** Only logs whose value is this text. */
  value: z.string().min(1, 'Enter a value.').max(EXPRESSION_LENGTH_MAX).optional(),
  /** The value is the length of the message in bytes. */
  bytes: z.boolean().default(false),
  /** Upper bounds of a histogram, ascending; +Inf comes by itself. */
  buckets: z.array(z.number()).min(1, 'Add a bound.').max(30, 'At most 30 buckets.').optional(),
  /** Label → the value that it gets; an empty name is the label's own. A log without the value has the label empty, which is none. */
  labels: mapOf(z.string().max(255)).default({}),
  /** The labels of the log's stream, too, as they are at this step. */
  streamLabels: z.boolean().default(false),
});

const PLAIN_STEPS = [
  RegexStep,
  GrokStep,
  JsonStep,
  LogfmtStep,
  EventMessageStep,
  ReplaceStep,
  TemplateStep,
  RenameStep,
  LabelsStep,
  StaticLabelsStep,
  AttributesStep,
  DropLabelsStep,
  KeepLabelsStep,
  DropAttributesStep,
  DropStep,
  SampleStep,
  TimestampStep,
  OutputStep,
  LevelStep,
  DecolorizeStep,
  PackStep,
  TruncateStep,
  MetricStep,
] as const;

const PlainStep = z.discriminatedUnion('kind', PLAIN_STEPS);

/** Steps for some logs only. */
export interface MatchStep {
  readonly kind: 'match';
  readonly selector: string;
  readonly action: 'keep' | 'drop';
  readonly steps: LogRuleStep[];
}

/** A step of a rule. */
export type LogRuleStep = z.infer<typeof PlainStep> | MatchStep;
/** One of a kind. */
export type StepOf<Kind extends LogRuleStep['kind']> = Extract<LogRuleStep, { readonly kind: Kind }>;

/** LogQL of a selector and line filters: `{service_name="api"} |= "error"`. */
export const LogSelector = z.string().min(1, 'Enter a selector.').max(5000, 'At most 5,000 characters.');

/** Steps that stand in `match` within `match` within `match`. */
const MATCH_DEPTH_MAX = 3;
const STEPS_MAX = 50;

function stepAt(depth: number): z.ZodType<LogRuleStep> {
  if (depth === 0) {
    return PlainStep;
  }
  const inner = z.array(stepAt(depth - 1)).max(STEPS_MAX);
  const MatchStep = z.strictObject({
    kind: z.literal('match'),
    selector: LogSelector,
    /** `drop` drops what matches and has no steps. */
    action: z.enum(['keep', 'drop']).default('keep'),
    steps: inner.default([]),
  });
  return z.discriminatedUnion('kind', [...PLAIN_STEPS, MatchStep]);
}

/** One step as it is stored and sent. */
export const LogRuleStep: z.ZodType<LogRuleStep> = stepAt(MATCH_DEPTH_MAX);
/** The steps of a rule, in their order. */
export const LogRuleSteps = z.array(LogRuleStep).min(1, 'Add a step.').max(STEPS_MAX, 'At most 50 steps.');
