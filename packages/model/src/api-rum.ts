import { z } from 'zod';
import { JsonObjectView, JsonValueView } from './api-json.ts';
import { StatsView, TimeInput } from './api-logs.ts';
import { RUM_EVENT_TYPES } from './rum-record.ts';

/** `POST /query/rum/sessions`. */
export const RumSessionsRequest = z.strictObject({
  application: z.string().max(1024).optional(),
  start: TimeInput.optional(),
  end: TimeInput.optional(),
  limit: z.int().min(1).max(1000).default(100),
});
export type RumSessionsRequest = z.infer<typeof RumSessionsRequest>;

/** Its answer, newest first. */
export const RumSessionsAnswer = z.object({
  sessions: z.array(
    z.object({
      sessionId: z.string(),
      application: z.string(),
      userId: z.string().optional(),
      startTime: z.string(),
      endTime: z.string(),
      eventCount: z.number(),
      errorCount: z.number(),
      viewCount: z.number(),
      hasReplay: z.boolean(),
    }),
  ),
  stats: StatsView,
});
export type RumSessionsAnswer = z.infer<typeof RumSessionsAnswer>;

/** `GET /query/rum/sessions/:id`: its events in order of time. Members without a value are absent. */
export const RumSessionAnswer = z.object({
  sessionId: z.string(),
  application: z.string(),
  release: z.string().optional(),
  env: z.string().optional(),
  userId: z.string().optional(),
  startTime: z.string(),
  endTime: z.string(),
  events: z.array(
    z.object({
      id: z.string(),
      type: z.enum(RUM_EVENT_TYPES),
      timestamp: z.string(),
      viewId: z.string().optional(),
      url: z.string().optional(),
      name: z.string().optional(),
      value: z.number().optional(),
      durationMs: z.number().optional(),
      stack: z.string().optional(),
      attributes: JsonObjectView,
      details: JsonObjectView.optional(),
      geo: JsonObjectView.optional(),
      userAgent: JsonObjectView.optional(),
      data: JsonValueView.optional(),
      truncated: z.boolean().optional(),
    }),
  ),
  warnings: z.array(z.string()),
  stats: StatsView,
});
export type RumSessionAnswer = z.infer<typeof RumSessionAnswer>;
