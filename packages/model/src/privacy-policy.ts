import { z } from 'zod';

/** What the scrubber knows to find, in the order in which they win where findings overlap. The name is the `<kind>` of `[REDACTED:<kind>]`. */
export const DETECTORS = [
  'private-key',
  'authorization',
  'url-password',
  'jwt',
  'api-key',
  'secret',
  'email',
  'iban',
  'card',
  'ssn',
  'phone',
  'ip',
] as const;

/** One of them. */
export type DetectorName = (typeof DETECTORS)[number];

/**
 * What becomes of a finding. `redact`: `[REDACTED:<kind>]`. `mask`: a few characters stay (the last four; of an e-mail address its domain). `hash`: a keyed hash, so that equal values stay joinable within the organization.
 * `drop`: nothing stays. `keep`: the detector is off. `truncate` is for addresses only: /24 of IPv4, /48 of IPv6.
 */
export const SCRUB_STRATEGIES = ['redact', 'mask', 'hash', 'drop', 'keep'] as const;
export type ScrubStrategy = (typeof SCRUB_STRATEGIES)[number];

const Strategy = z.enum(SCRUB_STRATEGIES);
const IpStrategy = z.enum([...SCRUB_STRATEGIES, 'truncate']);

/** A rule of the organization's own: an RE2 pattern. What its first group matches is replaced, or the whole match where it has none. */
export const CustomRule = z.strictObject({
  /** Part of `[REDACTED:<name>]`. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  pattern: z.string().min(1).max(1000),
  strategy: Strategy.exclude(['keep']).default('redact'),
});
export type CustomRule = z.infer<typeof CustomRule>;

/** A field that detectors leave alone. */
export const AllowedField = z.strictObject({
  /** A path as findings show it (`attributes.order.id`, `message`), or a last name (`order.id`); `*` stands for any run of characters. Case does not count. */
  field: z.string().min(1).max(200),
  /** Absent: all of them. */
  detectors: z.array(z.enum(DETECTORS)).max(DETECTORS.length).optional(),
});
export type AllowedField = z.infer<typeof AllowedField>;

/** What an organization does with personal data and secrets (contract §6, "PII"). Everything has a default: `{}` is the default policy. */
export const PrivacyPolicy = z.strictObject({
  detectors: z
    .strictObject({
      'private-key': Strategy.default('redact'),
      authorization: Strategy.default('redact'),
      'url-password': Strategy.default('redact'),
      jwt: Strategy.default('redact'),
      'api-key': Strategy.default('redact'),
      secret: Strategy.default('redact'),
      email: Strategy.default('redact'),
      iban: Strategy.default('redact'),
      card: Strategy.default('redact'),
      ssn: Strategy.default('redact'),
      phone: Strategy.default('redact'),
      ip: IpStrategy.default('truncate'),
    })
    .prefault({}),
  /** Whether the strategy for `ip` holds for private, loopback and link-local addresses, too: they name machines, not people, and telemetry is full of them. */
  scrubPrivateAddresses: z.boolean().default(false),
  allowedFields: z.array(AllowedField).max(200).default([]),
  /** Further names of fields whose values are secrets, beside the built-in ones; matched as those are. */
  secretFields: z.array(z.string().min(1).max(100)).max(100).default([]),
  /** ISO 3166-1 regions whose national phone formats are looked for; numbers with a country code are found anyway. */
  phoneRegions: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(20)
    .default(['US', 'GB', 'DE', 'FR', 'IN', 'IL', 'BR']),
  customRules: z.array(CustomRule).max(50).default([]),
});
export type PrivacyPolicy = z.infer<typeof PrivacyPolicy>;

/** The policy of an organization that has set nothing. */
export const DEFAULT_PRIVACY_POLICY: PrivacyPolicy = PrivacyPolicy.parse({});
