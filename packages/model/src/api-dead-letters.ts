import { z } from 'zod';
import { Instant, pageOf } from './api-page.ts';
import { SIGNALS } from './ingest-envelope.ts';

/** `GET /dead-letters`: signal by signal, each one's oldest first. */
export const DeadLetterListRequest = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
  signal: z.enum(SIGNALS).optional(),
});
export type DeadLetterListRequest = z.infer<typeof DeadLetterListRequest>;

/** A batch that was accepted and could not be processed. */
export const DeadLetterView = z.object({
  id: z.string(),
  signal: z.enum(SIGNALS),
  ingestId: z.string(),
  records: z.number(),
  bytes: z.number(),
  /** Why it was given up on. */
  reason: z.string(),
  deadAt: Instant,
});
export type DeadLetterView = z.infer<typeof DeadLetterView>;

export const DeadLetterPage = pageOf(DeadLetterView);
export type DeadLetterPage = z.infer<typeof DeadLetterPage>;

/** Answer of `POST /dead-letters/:id/replay`: it is back in the queue. */
export const DeadLetterReplayAnswer = z.object({ id: z.string() });
export type DeadLetterReplayAnswer = z.infer<typeof DeadLetterReplayAnswer>;
