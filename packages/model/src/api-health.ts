import { z } from 'zod';

/** `GET /health`: the process lives. */
export const HealthAnswer = z.object({ status: z.literal('ok'), version: z.string(), uptimeSeconds: z.number() });
export type HealthAnswer = z.infer<typeof HealthAnswer>;

/** `GET /health/ready`: whether it can work; 503 with the same shape when it cannot. */
export const ReadinessAnswer = z.object({
  status: z.enum(['ready', 'unavailable']),
  dependencies: z.record(z.string(), z.enum(['ok', 'unavailable'])),
});
export type ReadinessAnswer = z.infer<typeof ReadinessAnswer>;
