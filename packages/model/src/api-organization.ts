import { z } from 'zod';
import { Instant, Name } from './api-page.ts';
import { RoleRef } from './api-users.ts';
import { SIGNALS } from './ingest-envelope.ts';
import { RetentionRule } from './log-pipelines.ts';

/** Days that a signal's records are kept. */
const RetentionDays = z.int().min(1).max(3650);

/** Per signal. */
export const RetentionSettings = z.strictObject({
  logs: RetentionDays,
  metrics: RetentionDays,
  traces: RetentionDays,
  rum: RetentionDays,
});
export type RetentionSettings = z.infer<typeof RetentionSettings>;

/** `GET /organization`. */
export const OrganizationView = z.object({
  id: z.string(),
  name: z.string(),
  /** What people type to sign in through the organization's identity provider. */
  slug: z.string(),
  createdAt: Instant,
  retentionDays: RetentionSettings,
  /** Ingest requests per minute; null means the installation's default, 0 no limit. */
  ratePerMin: z.number().nullable(),
  /** Time series that may be active at a time; null means the installation's default, 0 no limit. */
  activeSeriesMax: z.number().nullable(),
  /** Everybody needs a second factor. */
  mfaRequired: z.boolean(),
  memberCount: z.number(),
});
export type OrganizationView = z.infer<typeof OrganizationView>;

/** Lower-case letters, digits and dashes. */
export const Slug = z
  .string()
  .trim()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{1,61}[a-z0-9])$/,
    '3 to 63 lower-case letters, digits and dashes, not beginning or ending with a dash.',
  )
  .refine((slug) => slug !== 'callback', { error: 'This name is taken by the address that providers come back to.' });

/** `PATCH /organization`: what is absent stays. */
export const OrganizationUpdate = z.strictObject({
  name: Name.optional(),
  slug: Slug.optional(),
  retentionDays: RetentionSettings.partial().optional(),
  ratePerMin: z.int().min(0).max(10_000_000).nullable().optional(),
  activeSeriesMax: z.int().min(0).max(1_000_000_000).nullable().optional(),
  mfaRequired: z.boolean().optional(),
});
export type OrganizationUpdate = z.infer<typeof OrganizationUpdate>;

/** `POST /organizations`: a further organization, of which the caller becomes the owner. */
export const NewOrganizationRequest = z.strictObject({ name: Name });

/** Answer of it. */
export const NewOrganizationAnswer = z.object({ id: z.string(), name: z.string() });

/** `GET /organization/retention`: what the setting says, and what the database really does with what it holds. */
export const RetentionAnswer = z.object({
  signals: z.array(
    z.object({
      signal: z.enum(SIGNALS),
      /** What new records get. */
      settingDays: z.number(),
      rows: z.number(),
      oldest: Instant.nullable(),
      newest: Instant.nullable(),
      /** Stored rows by the days that they are really kept, ascending. */
      stored: z.array(z.object({ days: z.number(), rows: z.number() })),
      /** When the last row of today's will be gone. */
      lastExpiry: Instant.nullable(),
    }),
  ),
  /** Rules by which some new logs are kept otherwise; the first one that finds a log counts. */
  logRules: z.array(RetentionRule),
});
export type RetentionAnswer = z.infer<typeof RetentionAnswer>;

/** `DELETE /organization`: the name proves that it is meant. */
export const DeleteOrganizationRequest = z.strictObject({ name: z.string().max(300) });

/** The erasure of an organization: `GET /erasures/:id`, for whoever asked for it. */
export const ErasureView = z.object({
  id: z.string(),
  organizationId: z.string(),
  organizationName: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  requestedAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  /** What was erased so far: a table or a queue, its rows before and after. */
  steps: z.array(z.object({ what: z.string(), rowsBefore: z.number(), rowsAfter: z.number(), finishedAt: Instant })),
  /** 0 to 1. */
  progress: z.number(),
  /** HMAC-SHA256 (hex) over the report under a key of this installation: what `GET /erasures/:id` says has not been altered since. */
  proof: z.string().nullable(),
});
export type ErasureView = z.infer<typeof ErasureView>;

/** An identity provider's group, and the role that it gives; the first that fits counts. */
const RoleMapping = z.strictObject({ group: z.string().min(1).max(300), role: RoleRef });

/** What an identity provider is set up with (https://openid.net/specs/openid-connect-core-1_0.html). */
export const SsoSettings = z.strictObject({
  name: Name,
  issuer: z.url().max(500),
  clientId: z.string().min(1).max(500),
  /** Left out in a change: stays as it is. */
  clientSecret: z.string().min(1).max(2000).optional(),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/))
    .max(20)
    .default(['openid', 'email', 'profile']),
  /** The claim that lists groups. */
  groupsClaim: z.string().min(1).max(200).default('groups'),
  roleMapping: z.array(RoleMapping).max(100).default([]),
  /** For people without a mapped group; null refuses them. */
  defaultRole: RoleRef.nullable().default(null),
  /** Makes members of people who come for the first time. */
  provision: z.boolean().default(true),
  enabled: z.boolean().default(true),
});
export type SsoSettings = z.infer<typeof SsoSettings>;

/** `GET /organization/sso`: null when there is none. The secret never leaves. */
export const SsoView = z.object({
  provider: SsoSettings.omit({ clientSecret: true })
    .extend({ id: z.string(), createdAt: Instant, updatedAt: Instant })
    .nullable(),
  /** To be registered at the provider. */
  redirectUri: z.string(),
  /** Where people begin. */
  loginUrl: z.string(),
});
export type SsoView = z.infer<typeof SsoView>;

/** `POST /organization/sso/test`: whether the issuer can be reached and what it says of itself. */
export const SsoTestRequest = z.strictObject({ issuer: z.url().max(500) });
export const SsoTestAnswer = z.object({
  reachable: z.boolean(),
  problem: z.string().nullable(),
  authorizationEndpoint: z.string().nullable(),
  scopesSupported: z.array(z.string()),
  claimsSupported: z.array(z.string()),
});
