import { z } from 'zod';
import { JsonObjectView } from './api-json.ts';
import { TimeInput } from './api-logs.ts';
import { Instant } from './api-page.ts';
import { LogPipelines, LogRule } from './log-pipelines.ts';
import { LOG_LEVELS } from './log-record.ts';
import { LOG_METRIC_TYPES, LogSelector } from './log-rule-steps.ts';

/** Logs of one preview. */
const PREVIEW_LOGS_MAX = 20;
/** UTF-16 units of a line that is tried. */
const PREVIEW_LINE_LENGTH_MAX = 20_000;
/** UTF-16 units of a configuration that is imported. */
const IMPORT_LENGTH_MAX = 500_000;

/** `GET` and `PUT /log-pipelines`: `PUT` needs the version that was read (409 `conflict` when it has moved). */
export const LogPipelinesAnswer = z.object({
  pipelines: LogPipelines,
  /** Grows with every change; 0 for an organization that has set nothing. */
  version: z.int(),
  updatedAt: Instant.nullable(),
});
export type LogPipelinesAnswer = z.infer<typeof LogPipelinesAnswer>;

/** `PUT /log-pipelines`. */
export const LogPipelinesRequest = z.strictObject({ pipelines: LogPipelines, version: z.int().min(0) });

/** `POST /log-pipelines/preview`: what rules, saved or not, would make of lines, or of stored logs. */
export const PipelinePreviewRequest = z.strictObject({
  pipelines: LogPipelines,
  /** Lines that somebody typed; absent: stored logs. */
  lines: z.array(z.string().max(PREVIEW_LINE_LENGTH_MAX)).min(1).max(PREVIEW_LOGS_MAX).optional(),
  /** LogQL: the newest stored logs that it finds. */
  query: LogSelector.default('{}'),
  start: TimeInput.optional(),
  end: TimeInput.optional(),
  limit: z.int().min(1).max(PREVIEW_LOGS_MAX).default(5),
});
export type PipelinePreviewRequest = z.infer<typeof PipelinePreviewRequest>;

/** A log at one point of a pipeline. */
const PipelineLog = z.object({
  timestamp: z.string(),
  level: z.enum(LOG_LEVELS),
  service: z.string(),
  message: z.string(),
  /** What LogQL selects it by: its stream. */
  labels: z.record(z.string(), z.string()),
  attributes: JsonObjectView,
});
export type PipelineLog = z.infer<typeof PipelineLog>;

/** What one step did. */
const PipelineStepTrace = z.object({
  /** JSON Pointer inside the pipelines: `/rules/0/steps/2`. */
  path: z.string(),
  kind: z.string(),
  /** All that was extracted so far. */
  values: JsonObjectView,
  /** The log behind the step; null where the step did not change it. */
  log: PipelineLog.nullable(),
  isDropped: z.boolean(),
  /** Why the rule ends here and is taken back; null where it does not. */
  error: z.string().nullable(),
});
export type PipelineStepTrace = z.infer<typeof PipelineStepTrace>;

/** What one rule did. */
const PipelineRuleTrace = z.object({
  name: z.string(),
  /** Its selector found the log. */
  isFound: z.boolean(),
  steps: z.array(PipelineStepTrace),
});

/** What one log does to a metric. */
const PipelineMetric = z.object({
  name: z.string(),
  type: z.enum(LOG_METRIC_TYPES),
  /** As far as they are not empty; personal data in them is redacted when they are stored. */
  labels: z.record(z.string(), z.string()),
  action: z.enum(['add', 'set', 'observe']),
  value: z.number(),
});
export type PipelineMetric = z.infer<typeof PipelineMetric>;

/** The way of one log. */
const PipelineTrace = z.object({
  before: PipelineLog,
  rules: z.array(PipelineRuleTrace),
  /** What it does to metrics of the rules, in their order. */
  metrics: z.array(PipelineMetric),
  /** Null when a rule dropped it. */
  after: PipelineLog.nullable(),
  /** The days that it is kept by a rule of retention; null for the organization's own. */
  retentionDays: z.int().nullable(),
  /** Ms that its rules took here, by the clock. */
  tookMs: z.number().min(0),
});
export type PipelineTrace = z.infer<typeof PipelineTrace>;

/** Of each log its way. */
export const PipelinePreviewAnswer = z.object({ logs: z.array(PipelineTrace) });
export type PipelinePreviewAnswer = z.infer<typeof PipelinePreviewAnswer>;

/** `POST /log-pipelines/import`: a configuration of Promtail, or its `pipeline_stages`. Nothing is saved. */
export const PipelineImportRequest = z.strictObject({ yaml: z.string().max(IMPORT_LENGTH_MAX) });

/** The rules that it would be, one for each job. */
export const PipelineImportAnswer = z.object({
  rules: z.array(LogRule),
  /** What is not here now, with where it stands: `pipeline_stages[2].limit`. */
  notCarried: z.array(z.object({ path: z.string(), reason: z.string() })),
});
export type PipelineImportAnswer = z.infer<typeof PipelineImportAnswer>;
