import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import type { Environment } from './load-config.ts';
import { readOrCreateSecretFile } from './secret-file.ts';
import { EnvSchema } from './variables.ts';

/** The keys of an installation. Whoever holds one must not print it. */
export interface Secrets {
  /** 32 bytes; encrypts stored secrets. */
  readonly masterKey: Uint8Array;
  /** The HS256 key: the UTF-8 bytes of `AEGIS_JWT_SECRET`. */
  readonly jwtSecret: Uint8Array;
  /** Former ones, whose tokens are still accepted. */
  readonly formerJwtSecrets: readonly Uint8Array[];
}

/**
 * The secrets from the environment, or else from files in `<dataDir>/secrets`, made on the first call. Files are used only with embedded PostgreSQL:
 * with a shared database, processes that made up their own keys could not read each other's rows, so `loadConfig` has demanded them already.
 */
export function loadSecrets(config: Config, env: Environment = process.env): Secrets {
  const directory = join(config.dataDir, 'secrets');
  const masterKey = secretText(env.AEGIS_MASTER_KEY, config, directory, 'master-key', () =>
    randomBytes(32).toString('base64'),
  );
  const jwtSecret = secretText(env.AEGIS_JWT_SECRET, config, directory, 'jwt-secret', () =>
    randomBytes(48).toString('base64url'),
  );
  const parsedMasterKey = EnvSchema.shape.AEGIS_MASTER_KEY.safeParse(masterKey).data;
  const parsedJwtSecret = EnvSchema.shape.AEGIS_JWT_SECRET.safeParse(jwtSecret).data;
  if (parsedMasterKey === undefined || parsedJwtSecret === undefined) {
    const broken = [
      ...(parsedMasterKey === undefined ? [join(directory, 'master-key')] : []),
      ...(parsedJwtSecret === undefined ? [join(directory, 'jwt-secret')] : []),
    ];
    throw new ConfigError(broken.map((path) => `${path} does not hold a usable secret: restore it from a back-up`));
  }
  // Looked at by loadConfig already.
  const former = EnvSchema.shape.AEGIS_JWT_SECRET_PREVIOUS.safeParse(env.AEGIS_JWT_SECRET_PREVIOUS ?? '').data ?? [];
  return { masterKey: parsedMasterKey, jwtSecret: parsedJwtSecret, formerJwtSecrets: former };
}

/** The secrets as variables, for the environment of a child process. */
export function secretsToEnv(secrets: Secrets): Record<'AEGIS_MASTER_KEY' | 'AEGIS_JWT_SECRET', string> {
  return {
    AEGIS_MASTER_KEY: Buffer.from(secrets.masterKey).toString('base64'),
    AEGIS_JWT_SECRET: Buffer.from(secrets.jwtSecret).toString('utf8'),
  };
}

function secretText(
  fromEnv: string | undefined,
  config: Config,
  directory: string,
  fileName: string,
  generate: () => string,
): string {
  if (fromEnv !== undefined && fromEnv !== '') return fromEnv;
  if (config.postgres.kind === 'embedded') return readOrCreateSecretFile(directory, fileName, generate);
  throw new ConfigError([`the secret ${fileName} is required when DATABASE_URL is set`]);
}
