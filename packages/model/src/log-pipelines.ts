import { z } from 'zod';
import { LogRuleSteps, LogSelector } from './log-rule-steps.ts';

const RULES_MAX = 50;
const RETENTION_RULES_MAX = 20;
const RETENTION_DAYS_MAX = 3650;

/** What is done with the logs that a selector finds, before personal data is looked for. */
export const LogRule = z.strictObject({
  /** Unique within the organization. */
  name: z.string().trim().min(1, 'Enter a name.').max(100, 'At most 100 characters.'),
  enabled: z.boolean().default(true),
  selector: LogSelector.default('{}'),
  steps: LogRuleSteps,
});
export type LogRule = z.infer<typeof LogRule>;

/** How long the logs that a selector finds are kept. */
export const RetentionRule = z.strictObject({
  selector: LogSelector,
  days: z.int().min(1, 'At least a day.').max(RETENTION_DAYS_MAX, 'At most 3,650 days.'),
});
export type RetentionRule = z.infer<typeof RetentionRule>;

/** UTF-16 units of the JSON: it goes to the worker's threads with every batch. */
const JSON_LENGTH_MAX = 200_000;

/** What an organization wants done with its logs; `{}` is nothing. */
export const LogPipelines = z
  .strictObject({
    /** In the order that they are applied in: each sees what the ones before it left. */
    rules: z.array(LogRule).max(RULES_MAX, 'At most 50 rules.').default([]),
    /** The first one that finds a log counts; the organization's own setting is for all others. */
    retention: z.array(RetentionRule).max(RETENTION_RULES_MAX, 'At most 20 rules.').default([]),
  })
  .refine(
    (pipelines) => JSON.stringify(pipelines).length <= JSON_LENGTH_MAX,
    'The pipelines have at most 200,000 characters of JSON together.',
  );
export type LogPipelines = z.infer<typeof LogPipelines>;

/** Of an organization that has set nothing. */
export const NO_LOG_PIPELINES: LogPipelines = LogPipelines.parse({});
