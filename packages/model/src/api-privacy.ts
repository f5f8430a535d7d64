import { z } from 'zod';
import { SIGNALS } from './ingest-envelope.ts';
import { PrivacyPolicy } from './privacy-policy.ts';

/** `GET` and `PUT /organization/privacy`. `PUT` takes the policy alone and needs the version that was read (`If-Match` is not used: 409 `conflict` when it has moved). */
export const PrivacyPolicyAnswer = z.object({
  policy: PrivacyPolicy,
  /** Grows with every change; 0 for an organization that has set nothing. */
  version: z.number(),
  updatedAt: z.string().nullable(),
});
export type PrivacyPolicyAnswer = z.infer<typeof PrivacyPolicyAnswer>;

export const PrivacyPolicyRequest = z.strictObject({ policy: PrivacyPolicy, version: z.int().min(0) });
export type PrivacyPolicyRequest = z.infer<typeof PrivacyPolicyRequest>;

/** `POST /organization/privacy/preview`: what the policy (or one that is not saved yet) would make of a text. Nothing of it is kept or logged. */
export const PrivacyPreviewRequest = z.strictObject({
  text: z.string().max(10_000),
  /** Name of the field that the text stands in. */
  field: z.string().max(200).default('message'),
  policy: PrivacyPolicy.optional(),
});
export type PrivacyPreviewRequest = z.infer<typeof PrivacyPreviewRequest>;

export const PrivacyPreviewAnswer = z.object({
  text: z.string(),
  /** Offsets into the request's text, UTF-16, not overlapping, ascending. */
  findings: z.array(z.object({ detector: z.string(), strategy: z.string(), start: z.number(), end: z.number() })),
});
export type PrivacyPreviewAnswer = z.infer<typeof PrivacyPreviewAnswer>;

/** `GET /privacy/findings?start&end`: what was found where, and what was done. A row's `counts[i]` covers start + i·stepMs. */
export const PrivacyFindingsAnswer = z.object({
  /** Unix ms. */
  start: z.number(),
  end: z.number(),
  stepMs: z.number(),
  rows: z.array(
    z.object({
      signal: z.enum(SIGNALS),
      detector: z.string(),
      strategy: z.string(),
      place: z.string(),
      total: z.number(),
      counts: z.array(z.number()),
    }),
  ),
});
export type PrivacyFindingsAnswer = z.infer<typeof PrivacyFindingsAnswer>;

/** `GET /privacy/geo`: where the places of addresses come from. Who uses the bundled database must say so wherever its places are shown (CC BY 4.0). */
export const GeoSourceAnswer = z.object({
  /** The database that comes with the product, the installation's own, or none. */
  source: z.enum(['bundled', 'own', 'none']),
  attribution: z.object({ text: z.string(), url: z.string() }).nullable(),
});
export type GeoSourceAnswer = z.infer<typeof GeoSourceAnswer>;
