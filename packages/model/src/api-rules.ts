import { z } from 'zod';
import { Instant, Name, PageRequest, pageOf } from './api-page.ts';

/** Groups of an organization. */
export const RULE_GROUPS_MAX = 100;
/** Rules of an organization, over all of its groups. */
export const RULES_MAX = 1000;
/** Seconds; a shorter interval would ask faster than data comes in. */
export const RULE_INTERVAL_MIN_SECONDS = 5;
const RULE_INTERVAL_MAX_SECONDS = 86_400;
/** UTF-16 units of a rule file. */
export const RULE_FILE_LENGTH_MAX = 500_000;
const EXPRESSION_LENGTH_MAX = 10_000;
const LABELS_MAX = 30;

/** What is computed again and again, and the series that the results become. */
export const RecordingRule = z.strictObject({
  /** The metric that results are stored under. */
  record: z.string().trim().min(1, 'Enter the name of the metric.').max(200, 'At most 200 characters.'),
  /** PromQL of an instant vector or a scalar. */
  expr: z.string().trim().min(1, 'Enter an expression.').max(EXPRESSION_LENGTH_MAX, 'At most 10,000 characters.'),
  /** Put onto every result; an empty value takes the label away. */
  labels: z
    .record(z.string().min(1).max(200), z.string().max(1000))
    .refine((labels) => Object.keys(labels).length <= LABELS_MAX, `At most ${LABELS_MAX} labels.`)
    .default({}),
});
export type RecordingRule = z.infer<typeof RecordingRule>;

/** `POST /recording-rules`, `PUT /recording-rules/:id`. */
export const RuleGroupRequest = z.strictObject({
  /** Unique within the organization. */
  name: Name,
  intervalSeconds: z
    .number({ error: 'Enter the seconds.' })
    .int('Whole seconds.')
    .min(RULE_INTERVAL_MIN_SECONDS, `At least ${RULE_INTERVAL_MIN_SECONDS} seconds.`)
    .max(RULE_INTERVAL_MAX_SECONDS, 'At most a day.')
    .default(60),
  /** Series that one rule may give; 0: no more than any group may. */
  limit: z.number().int().min(0).max(1_000_000).default(0),
  rules: z.array(RecordingRule).min(1, 'Add a rule.').max(RULES_MAX),
  enabled: z.boolean().default(true),
});
export type RuleGroupRequest = z.infer<typeof RuleGroupRequest>;

/** What became of an evaluation: `unknown` before the first one. */
const RULE_HEALTHS = ['unknown', 'ok', 'err'] as const;
export type RuleHealth = (typeof RULE_HEALTHS)[number];

const EvaluationState = z.object({
  health: z.enum(RULE_HEALTHS),
  /** The time that it was evaluated for. */
  lastEvaluatedAt: Instant.nullable(),
  durationMs: z.number().nullable(),
  /** Samples that were stored. */
  samples: z.number().int(),
  lastError: z.string().nullable(),
});
/** What became of the last evaluation of a rule or a group. */
export type EvaluationState = z.infer<typeof EvaluationState>;

/** A group of recording rules, and how its evaluation goes. */
export const RuleGroup = RuleGroupRequest.extend({
  id: z.string(),
  rules: z.array(RecordingRule.extend({ state: EvaluationState })),
  /** `err` when that of a rule is; the error is the first one's. */
  state: EvaluationState.extend({
    /** Evaluations that were left out since the group was last changed, because one took too long or no scheduler was running. */
    missed: z.number().int(),
  }),
  createdAt: Instant,
  updatedAt: Instant,
});
export type RuleGroup = z.infer<typeof RuleGroup>;

/** `GET /recording-rules`: by name. */
export const RuleGroupListRequest = PageRequest;
export const RuleGroupPage = pageOf(RuleGroup);
export type RuleGroupPage = z.infer<typeof RuleGroupPage>;

/** `POST /recording-rules/import`: a rule file of Prometheus (https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/). */
export const RuleImportRequest = z.strictObject({ yaml: z.string().max(RULE_FILE_LENGTH_MAX) });
export type RuleImportRequest = z.infer<typeof RuleImportRequest>;

/** Something of an imported rule file that is not here now. */
export const RuleRemark = z.object({
  /** 1-based. */
  line: z.number().int(),
  group: z.string().nullable(),
  /** An alerting rule's name, or a field's. */
  what: z.string(),
  reason: z.string(),
});
export type RuleRemark = z.infer<typeof RuleRemark>;

/** What an import made: groups that were not there, and those that were and are now as the file says. */
export const RuleImportAnswer = z.object({
  created: z.array(z.string()),
  updated: z.array(z.string()),
  notCarried: z.array(RuleRemark),
});
export type RuleImportAnswer = z.infer<typeof RuleImportAnswer>;
