import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { ClickHouseConfig, Config, PostgresConfig, QueueConfig } from './config.ts';
import { ConfigError } from './config-error.ts';
import { nearestName } from './nearest-name.ts';
import { sharedEngineProblems } from './shared-engines.ts';
import { EnvSchema, VARIABLE_NOTES, VARIABLES_WITHOUT_EFFECT } from './variables.ts';

/** An environment: `process.env`, or what a test gives instead. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The one place that reads `process.env`; for those who hand the environment on to a child process. */
export function processEnv(): Environment {
  return process.env;
}

/** Reads the environment into the configuration, or throws a `ConfigError` that lists every problem. */
export function loadConfig(env: Environment = process.env, cwd: string = process.cwd()): Config {
  const given = givenVariables(env);
  const parsed = EnvSchema.safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => describeIssue(issue, given));
  problems.push(...missingSecrets(given));

  const dataDir = resolve(cwd, given.AEGIS_DATA_DIR ?? '.aegis');
  const engines = chooseEngines(dataDir, parsed.data ?? {}, given);
  const roles = EnvSchema.shape.AEGIS_ROLES.safeParse(given.AEGIS_ROLES).data;
  if (roles !== undefined) problems.push(...sharedEngineProblems(roles, engines));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const values = parsed.data;

  return deepFreeze({
    host: values.AEGIS_HOST,
    port: values.AEGIS_PORT,
    otlpHttp: { port: values.AEGIS_OTLP_HTTP_PORT, isGiven: given.AEGIS_OTLP_HTTP_PORT !== undefined },
    otlpGrpc: { port: values.AEGIS_OTLP_GRPC_PORT, isGiven: given.AEGIS_OTLP_GRPC_PORT !== undefined },
    dataDir,
    roles: values.AEGIS_ROLES,
    ...engines,
    limits: {
      orgPerMin: values.AEGIS_RATE_LIMIT_ORG_PER_MIN,
      ipPerMin: values.AEGIS_RATE_LIMIT_IP_PER_MIN,
      bodyBytesMax: values.AEGIS_MAX_BODY_BYTES,
    },
    trustProxy: values.AEGIS_TRUST_PROXY,
    bootstrap: {
      adminEmail: values.AEGIS_ADMIN_EMAIL,
      adminPassword: values.AEGIS_ADMIN_PASSWORD,
      orgName: values.AEGIS_ORG_NAME,
      orgKey: values.AEGIS_ORG_KEY,
      orgSecret: values.AEGIS_ORG_SECRET,
    },
    publicUrl: values.AEGIS_PUBLIC_URL,
    registration: values.AEGIS_REGISTRATION,
    mail: { smtpUrl: values.SMTP_URL, from: values.AEGIS_MAIL_FROM },
    allowPrivateWebhooks: values.AEGIS_ALLOW_PRIVATE_WEBHOOKS,
    geoDatabases: geoDatabases(values.AEGIS_GEOIP_DB, cwd),
    metricsToken: values.AEGIS_METRICS_TOKEN,
    logLevel: values.AEGIS_LOG_LEVEL,
    warnings: warningsFor(env),
  });
}

function geoDatabases(paths: readonly string[] | undefined, cwd: string): readonly string[] | undefined {
  return paths?.length === 1 && paths[0] === 'off' ? [] : paths?.map((path) => resolve(cwd, path));
}

/** The known variables that are set. An empty one counts as unset, as in every compose file; secrets are taken to the letter, the rest trimmed. */
function givenVariables(env: Environment): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, schema] of Object.entries(EnvSchema.shape)) {
    const raw = env[name];
    const text = VARIABLE_NOTES.get(schema)?.secret === true ? raw : raw?.trim();
    if (text !== undefined && text !== '') given[name] = text;
  }
  return given;
}

function describeIssue(issue: z.core.$ZodIssue, given: Readonly<Record<string, string>>): string {
  const name = String(issue.path[0]);
  const schema = Object.entries(EnvSchema.shape).find(([key]) => key === name)?.[1];
  const mayBeShown = schema !== undefined && VARIABLE_NOTES.get(schema)?.secret !== true;
  return mayBeShown
    ? `${name} ${issue.message}, not ${JSON.stringify(given[name])}`
    : `${name} ${issue.message} (value not shown)`;
}

function missingSecrets(given: Readonly<Record<string, string>>): string[] {
  if (given.DATABASE_URL === undefined) return [];
  return ['AEGIS_MASTER_KEY', 'AEGIS_JWT_SECRET']
    .filter((name) => given[name] === undefined)
    .map((name) => `${name} is required when DATABASE_URL is set: every process on that database needs the same one`);
}

/** An engine whose URL is set counts as a server even when the URL is wrong, so that one slip is reported once. */
function chooseEngines(
  dataDir: string,
  values: Partial<z.output<typeof EnvSchema>>,
  given: Readonly<Record<string, string>>,
): { postgres: PostgresConfig; clickhouse: ClickHouseConfig; queue: QueueConfig } {
  const isGiven = (name: keyof typeof EnvSchema.shape) => given[name] !== undefined;
  return {
    postgres: isGiven('DATABASE_URL') ? { kind: 'server', url: values.DATABASE_URL ?? '' } : { kind: 'embedded' },
    clickhouse: isGiven('CLICKHOUSE_URL')
      ? { kind: 'server', urls: values.CLICKHOUSE_URL ?? [''] }
      : { kind: 'embedded', path: join(dataDir, 'clickhouse') },
    queue: isGiven('REDIS_URL')
      ? { kind: 'redis', url: values.REDIS_URL ?? '' }
      : { kind: 'embedded', path: join(dataDir, 'queue') },
  };
}

function warningsFor(env: Environment): string[] {
  const known = [...Object.keys(EnvSchema.shape), ...VARIABLES_WITHOUT_EFFECT];
  const warnings = VARIABLES_WITHOUT_EFFECT.filter((name) => (env[name] ?? '') !== '').map(
    (name) => `${name} is set, but has no effect in this version`,
  );
  for (const name of Object.keys(env).sort()) {
    if (!name.startsWith('AEGIS_') || known.includes(name)) continue;
    const nearest = nearestName(name, known);
    warnings.push(`${name} is not a known variable${nearest === undefined ? '' : `; did you mean ${nearest}?`}`);
  }
  return warnings;
}

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null && !(member instanceof Set)) deepFreeze(member);
  }
  return Object.freeze(value);
}
