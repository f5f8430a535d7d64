import { z } from 'zod';
import { StatsView, TimeInput } from './api-logs.ts';
import type { JsonObject } from './json.ts';
import { EVENT_SEVERITIES, EVENT_SOURCES } from './security-event.ts';

const LIST_MAX = 50;
const JsonObjectView = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** A query parameter that may be given several times, or once with commas between. */
function listOf<Item extends z.ZodType<string, string>>(item: Item) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap((text) => text.split(',')))
    .pipe(z.array(item).min(1).max(LIST_MAX));
}

const FILTERS = {
  start: TimeInput.optional(),
  end: TimeInput.optional(),
  type: listOf(z.string().min(1).max(100)).optional(),
  severity: listOf(z.enum(EVENT_SEVERITIES)).optional(),
  actor: z.string().min(1).max(1024).optional(),
  ip: z.string().min(1).max(100).optional(),
  source: z.enum(EVENT_SOURCES).optional(),
  /** Anywhere in the type, actor, target or message, in whatever case. */
  text: z.string().min(1).max(200).optional(),
};

/** `GET /events`, as query parameters. Without a range all events that are kept. */
export const SecurityEventsRequest = z.strictObject({
  ...FILTERS,
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().min(1).max(2000).optional(),
});
export type SecurityEventsRequest = z.infer<typeof SecurityEventsRequest>;

/** One security event of an answer. Members without a value are absent. */
export const SecurityEventView = z.object({
  id: z.string(),
  timestamp: z.string(),
  type: z.string(),
  severity: z.enum(EVENT_SEVERITIES),
  source: z.enum(EVENT_SOURCES),
  /** What the platform calls one of its own. */
  title: z.string().optional(),
  actor: z.string().optional(),
  ip: z.string().optional(),
  country: z.string().optional(),
  target: z.string().optional(),
  message: z.string().optional(),
  attributes: JsonObjectView,
  details: JsonObjectView.optional(),
  /** More than one where a flood was folded into this event. */
  occurrences: z.number(),
  truncated: z.boolean().optional(),
});
export type SecurityEventView = z.infer<typeof SecurityEventView>;

/** Its answer, newest first. */
export const SecurityEventsAnswer = z.object({
  items: z.array(SecurityEventView),
  nextCursor: z.string().nullable(),
  stats: StatsView,
});
export type SecurityEventsAnswer = z.infer<typeof SecurityEventsAnswer>;

/** `GET /events/trend`, as query parameters. Without a range the last 24 hours. */
export const SecurityEventTrendRequest = z.strictObject({
  ...FILTERS,
  /** About how many steps are wanted; their length is rounded to a natural one. */
  steps: z.coerce.number().int().min(1).max(500).default(60),
});
export type SecurityEventTrendRequest = z.infer<typeof SecurityEventTrendRequest>;

/** Its answer: count i of a severity covers start + i·stepMs up to the next, `start` being a multiple of the step. A folded event counts as often as it happened. */
export const SecurityEventTrendAnswer = z.object({
  /** Unix ms. */
  start: z.number(),
  stepMs: z.number(),
  steps: z.number(),
  severities: z.array(z.object({ severity: z.enum(EVENT_SEVERITIES), counts: z.array(z.number()) })),
  total: z.number(),
  topTypes: z.array(z.object({ type: z.string(), count: z.number() })),
  topActors: z.array(z.object({ actor: z.string(), count: z.number() })),
  stats: StatsView,
});
export type SecurityEventTrendAnswer = z.infer<typeof SecurityEventTrendAnswer>;
