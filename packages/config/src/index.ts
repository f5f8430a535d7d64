export type { BootstrapConfig, ClickHouseConfig, Config, PostgresConfig, QueueConfig, SidePort } from './config.ts';
export { ConfigError } from './config-error.ts';
export { renderEnvExample } from './env-example.ts';
export { type Environment, loadConfig, processEnv } from './load-config.ts';
export type { LogLevelName } from './log-level.ts';
export { ROLE_NAMES, type RoleName } from './roles.ts';
export { loadSecrets, type Secrets, secretsToEnv } from './secrets.ts';
