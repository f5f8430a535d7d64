import { z } from 'zod';
import { TimeInput } from './api-logs.ts';
import { Instant, PageRequest, pageOf } from './api-page.ts';
import { AUDIT_ACTIONS, type AuditAction } from './audit-actions.ts';

/** Who changed something: a person, a key, or the product itself. */
export const ACTOR_KINDS = ['user', 'key', 'system'] as const;
/** One of them. */
export type ActorKind = (typeof ACTOR_KINDS)[number];

const ACTIONS = Object.keys(AUDIT_ACTIONS) as [AuditAction, ...AuditAction[]];

/** An entry of the audit log. `before` and `after` have what changed, without secrets. */
export const AuditEntryView = z.object({
  id: z.string(),
  /** Counts from 1 in each organization, without gaps. */
  seq: z.number(),
  at: Instant,
  actor: z.object({ kind: z.enum(ACTOR_KINDS), id: z.string().nullable(), name: z.string() }),
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  /** Hex. */
  hash: z.string(),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;

const AuditFilter = {
  start: TimeInput.optional(),
  end: TimeInput.optional(),
  action: z.enum(ACTIONS).optional(),
  /** A person's or key's id. */
  actor: z.string().max(200).optional(),
  /** An object's id. */
  target: z.string().max(200).optional(),
  /** The entry of this number, and no other. */
  seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  /** Looked for in names of actors and targets. */
  q: z.string().max(200).optional(),
};

/** `GET /audit`, newest first. */
export const AuditListRequest = PageRequest.extend(AuditFilter);
export type AuditListRequest = z.infer<typeof AuditListRequest>;
export const AuditPage = pageOf(AuditEntryView);
export type AuditPage = z.infer<typeof AuditPage>;

/** `GET /audit/export`, oldest first, streamed. */
export const AuditExportRequest = z.strictObject({
  ...AuditFilter,
  format: z.enum(['csv', 'ndjson']).default('ndjson'),
});
export type AuditExportRequest = z.infer<typeof AuditExportRequest>;

/** `GET /audit/verify`: whether the chain is whole; else the first link that is not, and what is wrong with it. */
export const AuditVerifyAnswer = z.object({
  valid: z.boolean(),
  entries: z.number(),
  /** Hash of the last entry, hex; keep it elsewhere to prove later that nothing before it was changed. Null without entries. */
  headHash: z.string().nullable(),
  brokenAt: z
    .object({
      seq: z.number(),
      id: z.string().nullable(),
      problem: z.enum(['altered', 'missing', 'head-altered', 'head-missing']),
    })
    .nullable(),
  elapsedMs: z.number(),
});
export type AuditVerifyAnswer = z.infer<typeof AuditVerifyAnswer>;
