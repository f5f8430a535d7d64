import { isIP } from 'node:net';
import { z } from 'zod';
import { LOG_LEVEL_NAMES } from './log-level.ts';
import { ROLE_NAMES, type RoleName } from './roles.ts';

/** What `.env.example` says of a variable, and whether its value may be shown. */
export interface VariableNote {
  readonly group: string;
  /** Sentences. */
  readonly text: string;
  /** The default as one would write it; without one, the variable is unset by default. */
  readonly shownDefault?: string;
  /** Its value must never be printed. Such values are also taken as they are, not trimmed. */
  readonly secret?: true;
}

/** The notes of `EnvSchema`'s fields. */
export const VARIABLE_NOTES = z.registry<VariableNote>();

function note<S extends z.ZodType>(schema: S, entry: VariableNote): S {
  VARIABLE_NOTES.add(schema, entry);
  return schema;
}

function wholeNumber(min: number, max: number) {
  const expected = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error: expected })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error: expected });
}

function url(...schemes: readonly string[]) {
  return z.string().refine((text) => schemes.includes(text.split('://')[0] ?? '') && hasHost(text), {
    error: `must be a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  });
}

// PostgreSQL also takes URLs without a host (`postgresql:///db?host=/run/postgresql`), which the URL class refuses when they have a user.
function hasHost(text: string): boolean {
  return text.startsWith('postgres') || URL.canParse(text);
}

function commaList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function isAddressOrRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

const roles = z.string().transform((text, context): ReadonlySet<RoleName> => {
  const names = commaList(text);
  if (names.includes('all')) return new Set(ROLE_NAMES);
  const known = ROLE_NAMES.filter((role) => names.includes(role));
  const unknown = names.filter((name) => !ROLE_NAMES.some((role) => role === name));
  if (unknown.length > 0 || known.length === 0) {
    context.addIssue(`must be "all" or a comma list of ${ROLE_NAMES.join(', ')}`);
  }
  return new Set(known);
});

const trustProxy = z.string().transform((text, context): readonly string[] => {
  if (text === 'off') return [];
  const items = commaList(text);
  if (!items.every(isAddressOrRange)) {
    context.addIssue('must be "off" or a comma list of IP addresses and CIDR ranges, e.g. 10.0.0.0/8,::1');
  }
  return items;
});

const clickhouseUrls = z
  .string()
  .transform(commaList)
  .pipe(z.tuple([url('http', 'https')], url('http', 'https')));

const masterKey = z.string().transform((text, context): Uint8Array => {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex');
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return Buffer.from(text, 'base64');
  context.addIssue('must be 32 bytes written as base64 (44 characters) or hex (64 characters)');
  return z.NEVER;
});

const jwtSecret = z
  .string()
  .min(32, { error: 'must have at least 32 characters' })
  .transform((text): Uint8Array => Buffer.from(text, 'utf8'));

const formerJwtSecrets = z
  .string()
  .transform(commaList)
  .pipe(z.array(jwtSecret, { error: 'must be a comma list' }));

/** `a@b.example`, or `Name <a@b.example>`. No controls: it becomes a header. */
const mailbox = z.string().refine(
  (text) => {
    const address = /^[^\p{Cc}<>"]{0,100}<([^<>]+)>$/u.exec(text)?.[1] ?? text;
    return /^[^\s\p{Cc}<>@,;:"]{1,64}@[\p{L}\p{N}.-]{1,253}$/u.test(address);
  },
  { error: 'must be an e-mail address, or a name and an address as in AegisGuard <noreply@example.com>' },
);

const publicUrl = z.string().transform((text, context): string => {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = parsed !== undefined && /^https?:$/.test(parsed.protocol) && parsed.href === `${parsed.origin}/`;
  if (!isOrigin) {
    context.addIssue('must be an http:// or https:// URL without a path, e.g. https://aegis.example.com');
    return z.NEVER;
  }
  return parsed.origin;
});

const flag = z.enum(['true', 'false'], { error: 'must be true or false' }).transform((text) => text === 'true');

/** Who may make an account. */
const REGISTRATION_MODES = ['open', 'closed'] as const;

const LISTEN = 'Listening';
const ENGINES = 'Engines: unset means embedded, nothing to install';
const SECRETS = 'Secrets: generated into the data directory on embedded PostgreSQL; required with DATABASE_URL';
const FIRST_START = 'First start on an empty data directory: what is unset is generated and printed once';
const ACCESS = 'People and what is sent to them';
const LIMITS = 'Limits';
const OPERATION = 'Operation';

/** The environment: every variable that the program reads, and nothing else. */
export const EnvSchema = z.object({
  AEGIS_PORT: note(wholeNumber(0, 65_535).default(8080), {
    group: LISTEN,
    text: 'Web application, API, ingest and health. 0 takes any free port.',
    shownDefault: '8080',
  }),
  AEGIS_OTLP_HTTP_PORT: note(wholeNumber(0, 65_535).default(4318), {
    group: LISTEN,
    text: 'OTLP over HTTP on its standard port; the main port takes it, too. 0 turns it off. Taken by another program: refused when set here, else done without.',
    shownDefault: '4318',
  }),
  AEGIS_OTLP_GRPC_PORT: note(wholeNumber(0, 65_535).default(4317), {
    group: LISTEN,
    text: 'OTLP over gRPC. 0 turns it off.',
    shownDefault: '4317',
  }),
  AEGIS_HOST: note(
    z
      .string()
      .regex(/^[^\s/]+$/, { error: 'must be an address or a host name' })
      .default('127.0.0.1'),
    { group: LISTEN, text: 'Listen address; 0.0.0.0 or :: for all.', shownDefault: '127.0.0.1' },
  ),
  AEGIS_TRUST_PROXY: note(trustProxy.default([]), {
    group: LISTEN,
    text: 'Comma list of addresses and CIDR ranges whose X-Forwarded-For is believed.',
    shownDefault: 'off',
  }),
  AEGIS_PUBLIC_URL: note(publicUrl.optional(), {
    group: LISTEN,
    text: 'Where people reach the web application, e.g. https://aegis.example.com: the base of links in mails, the origin of passkeys and of OIDC logins. Unset: what the request says.',
  }),
  AEGIS_DATA_DIR: note(z.string().default('.aegis'), {
    group: ENGINES,
    text: 'Everything the embedded engines keep; one process per directory.',
    shownDefault: './.aegis',
  }),
  AEGIS_ROLES: note(roles.default(new Set(ROLE_NAMES)), {
    group: ENGINES,
    text: `What this process does: comma list of ${ROLE_NAMES.join(', ')}.`,
    shownDefault: 'all',
  }),
  DATABASE_URL: note(url('postgresql', 'postgres').optional(), {
    group: ENGINES,
    text: 'PostgreSQL server, e.g. postgresql://user:password@host:5432/aegis.',
    secret: true,
  }),
  CLICKHOUSE_URL: note(clickhouseUrls.optional(), {
    group: ENGINES,
    text: 'ClickHouse server, or a comma list of them, e.g. http://user:password@host:8123.',
    secret: true,
  }),
  REDIS_URL: note(url('redis', 'rediss').optional(), {
    group: ENGINES,
    text: 'Redis server for the queue, rate limits and idempotency, e.g. redis://host:6379.',
    secret: true,
  }),
  AEGIS_MASTER_KEY: note(masterKey.optional(), {
    group: SECRETS,
    text: 'Encrypts stored secrets: 32 bytes as base64 or hex (openssl rand -base64 32).',
    secret: true,
  }),
  AEGIS_JWT_SECRET: note(jwtSecret.optional(), {
    group: SECRETS,
    text: 'Signs access tokens (HS256, the characters as they are): at least 32 characters.',
    secret: true,
  }),
  AEGIS_JWT_SECRET_PREVIOUS: note(formerJwtSecrets.default([]), {
    group: SECRETS,
    text: 'Former values of AEGIS_JWT_SECRET, a comma list: tokens that they signed are still accepted. For changing it without logging everybody out.',
    secret: true,
  }),
  AEGIS_ADMIN_EMAIL: note(z.email({ error: 'must be an e-mail address' }).optional(), {
    group: FIRST_START,
    text: "The owner's login.",
  }),
  AEGIS_ADMIN_PASSWORD: note(
    z
      .string()
      .min(8, { error: 'must have at least 8 characters' })
      .max(1024, { error: 'must have at most 1024 characters' })
      .optional(),
    { group: FIRST_START, text: "The owner's password: at least 8 characters.", secret: true },
  ),
  AEGIS_ORG_NAME: note(z.string().max(100, { error: 'must have at most 100 characters' }).optional(), {
    group: FIRST_START,
    text: "The organization's name.",
  }),
  AEGIS_ORG_KEY: note(
    z
      .string()
      .regex(/^[A-Za-z0-9_-]{8,64}$/, { error: 'must be 8 to 64 characters of A-Z a-z 0-9 _ -' })
      .optional(),
    { group: FIRST_START, text: 'Id of the signed ingest key (x-org-key): 8 to 64 characters of A-Z a-z 0-9 _ -.' },
  ),
  AEGIS_ORG_SECRET: note(z.string().min(16, { error: 'must have at least 16 characters' }).optional(), {
    group: FIRST_START,
    text: 'HMAC secret of the signed ingest key: at least 16 characters.',
    secret: true,
  }),
  AEGIS_REGISTRATION: note(
    z.enum(REGISTRATION_MODES, { error: `must be ${REGISTRATION_MODES.join(' or ')}` }).default('open'),
    {
      group: ACCESS,
      text: 'Whether anybody may register with an organization of their own. Invitations work either way.',
      shownDefault: 'open',
    },
  ),
  SMTP_URL: note(url('smtp', 'smtps').optional(), {
    group: ACCESS,
    text: 'Mail server for invitations, password resets and notices, e.g. smtps://user:password@host:465. Unset: no mail is sent.',
    secret: true,
  }),
  AEGIS_MAIL_FROM: note(mailbox.default('AegisGuard <noreply@localhost>'), {
    group: ACCESS,
    text: 'Sender of mails.',
    shownDefault: 'AegisGuard <noreply@localhost>',
  }),
  AEGIS_ALLOW_PRIVATE_WEBHOOKS: note(flag.default(false), {
    group: ACCESS,
    text: 'Lets calls to addresses that organizations give (webhooks, OIDC providers) reach private and loopback addresses.',
    shownDefault: 'false',
  }),
  AEGIS_RATE_LIMIT_ORG_PER_MIN: note(wholeNumber(0, 1_000_000_000).default(10_000), {
    group: LIMITS,
    text: 'Ingest requests a minute and organization; 0 turns the limit off.',
    shownDefault: '10000',
  }),
  AEGIS_RATE_LIMIT_IP_PER_MIN: note(wholeNumber(0, 1_000_000_000).default(1000), {
    group: LIMITS,
    text: 'Ingest requests a minute and client address; 0 turns the limit off.',
    shownDefault: '1000',
  }),
  // The upper bound keeps a body below V8's longest string (2^29 - 24 characters), which JSON parsing needs.
  AEGIS_MAX_BODY_BYTES: note(wholeNumber(1, 512_000_000).default(67_108_864), {
    group: LIMITS,
    text: 'Longest request body in bytes, after decompression.',
    shownDefault: '67108864',
  }),
  AEGIS_GEOIP_DB: note(z.string().transform(commaList).optional(), {
    group: OPERATION,
    text: 'Databases of places (.mmdb), a comma list, e.g. of cities and of autonomous systems, instead of the bundled DB-IP City Lite. Read again when they change. "off" does without.',
  }),
  AEGIS_METRICS_TOKEN: note(z.string().min(16, { error: 'must have at least 16 characters' }).optional(), {
    group: OPERATION,
    text: 'Bearer token that lets addresses other than loopback read /metrics: at least 16 characters.',
    secret: true,
  }),
  AEGIS_LOG_LEVEL: note(
    z.enum(LOG_LEVEL_NAMES, { error: `must be one of ${LOG_LEVEL_NAMES.join(', ')}` }).default('info'),
    { group: OPERATION, text: `How much the log says: ${LOG_LEVEL_NAMES.join(', ')}.`, shownDefault: 'info' },
  ),
});

/** Variables of the contract that nothing reads yet: setting one must not fail, and is said to have no effect. */
export const VARIABLES_WITHOUT_EFFECT: readonly string[] = ['CLICKHOUSE_CLUSTER', 'TIMESCALE_URL'];
