import { z } from 'zod';
import { Name } from './api-page.ts';
import { API_KEY_KINDS, INGEST_SCOPES } from './permissions.ts';

/** `POST /apikeys` (contract §5). Scopes default to all for `signed` and `token`, and to `rum:write`, the only one it may have, for `browser`; a `query` key has none. */
export const NewApiKeyRequest = z.strictObject({
  name: z.string().min(1).max(200),
  kind: z.enum(API_KEY_KINDS),
  scopes: z.array(z.enum(INGEST_SCOPES)).max(INGEST_SCOPES.length).optional(),
  /** Only for `browser`: `https://shop.example`, `https://*.example`, or `*`. */
  origins: z.array(z.string().min(1).max(255)).max(50).optional(),
  requireTimestamp: z.boolean().optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
export type NewApiKeyRequest = z.infer<typeof NewApiKeyRequest>;

/** A key in a list: nothing secret. */
export const ApiKeyView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(API_KEY_KINDS),
  /** The value of `x-org-key`; the same as `id`. */
  key: z.string(),
  scopes: z.array(z.enum(INGEST_SCOPES)),
  origins: z.array(z.string()),
  requireTimestamp: z.boolean(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  /** To the minute; null for a key that was never used, or not since this is kept. */
  lastUsedAt: z.string().nullable(),
  /** The person who made it; null for the first key, and when they are gone. */
  createdByName: z.string().nullable(),
});
export type ApiKeyView = z.infer<typeof ApiKeyView>;

/** Answer of `POST /apikeys` and of a rotation: `secret` is shown this once; null for `browser`. */
export const NewApiKeyAnswer = ApiKeyView.extend({ secret: z.string().nullable() });
export type NewApiKeyAnswer = z.infer<typeof NewApiKeyAnswer>;

/** `POST /apikeys/:id/rotate`: how long the old secret goes on working. */
export const RotateApiKeyRequest = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(30 * 86_400)
    .default(86_400),
});
export type RotateApiKeyRequest = z.infer<typeof RotateApiKeyRequest>;

/** `GET /apikeys`, newest first. */
export const ApiKeyPage = z.object({ items: z.array(ApiKeyView), nextCursor: z.string().nullable() });
export type ApiKeyPage = z.infer<typeof ApiKeyPage>;

/** `PATCH /apikeys/:id`. */
export const ApiKeyUpdate = z.strictObject({ name: Name });

/** `GET /apikeys/volume?days=`: what each key sent, by time of receipt. Keys that sent nothing are left out. */
export const KeyVolumeRequest = z.strictObject({ days: z.coerce.number().int().min(1).max(90).default(30) });
export const KeyVolumeAnswer = z.object({
  days: z.number(),
  items: z.array(
    z.object({
      keyId: z.string(),
      requests: z.number(),
      acceptedRecords: z.number(),
      refusedRecords: z.number(),
      bytes: z.number(),
    }),
  ),
});
export type KeyVolumeAnswer = z.infer<typeof KeyVolumeAnswer>;
