import { z } from 'zod';
import { INGEST_PROTOCOLS, SIGNALS } from './ingest-envelope.ts';

/** `GET /ingest/counts?start&end`: what came in and what was refused, and why. Times as in every query; default the last hour. */
export const IngestCountsAnswer = z.object({
  /** Unix ms; multiples of the step. */
  start: z.number(),
  end: z.number(),
  stepMs: z.number(),
  /** One row per signal, protocol, key and outcome; `records[i]` and `requests[i]` belong to start + i·stepMs. */
  rows: z.array(
    z.object({
      signal: z.enum(SIGNALS),
      protocol: z.enum(INGEST_PROTOCOLS),
      keyId: z.string(),
      /** The key's name, where it still exists. */
      keyName: z.string().nullable(),
      /** `accepted`, or the reason: a stable code. */
      outcome: z.string(),
      /** What the reason means and what to do about it; null for `accepted`. */
      advice: z.string().nullable(),
      requests: z.array(z.number()),
      records: z.array(z.number()),
      bytes: z.array(z.number()),
    }),
  ),
});
export type IngestCountsAnswer = z.infer<typeof IngestCountsAnswer>;

/** `GET /ingest/endpoints`: where this installation takes telemetry, as the "Send data" page shows it. Null: the listener is off. */
export const IngestEndpointsAnswer = z.object({
  /** The URL that the caller used to reach this API. */
  http: z.string(),
  otlpHttpPort: z.number().nullable(),
  otlpGrpcPort: z.number().nullable(),
});
export type IngestEndpointsAnswer = z.infer<typeof IngestEndpointsAnswer>;
