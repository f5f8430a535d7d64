import type { ClickHouseConfig, PostgresConfig, QueueConfig } from './config.ts';
import type { RoleName } from './roles.ts';

/** An embedded engine belongs to one process: as soon as a role that uses it runs, all of `together` must run in the same process. */
interface EngineRule {
  readonly engine: 'postgres' | 'clickhouse' | 'queue';
  readonly name: string;
  readonly variable: string;
  readonly users: readonly RoleName[];
  readonly together: readonly RoleName[];
}

const RULES: readonly EngineRule[] = [
  {
    engine: 'queue',
    name: 'queue',
    variable: 'REDIS_URL',
    users: ['gateway', 'worker'],
    together: ['gateway', 'worker'],
  },
  {
    engine: 'clickhouse',
    name: 'ClickHouse engine',
    variable: 'CLICKHOUSE_URL',
    users: ['worker', 'query', 'scheduler'],
    together: ['worker', 'query'],
  },
  {
    engine: 'postgres',
    name: 'PostgreSQL',
    variable: 'DATABASE_URL',
    users: ['gateway', 'worker', 'query', 'scheduler'],
    together: ['gateway', 'query'],
  },
];

/** The engines that a process would have to share with another one, as problems. */
export function sharedEngineProblems(
  roles: ReadonlySet<RoleName>,
  engines: { readonly postgres: PostgresConfig; readonly clickhouse: ClickHouseConfig; readonly queue: QueueConfig },
): string[] {
  const problems: string[] = [];
  for (const rule of RULES) {
    if (engines[rule.engine].kind !== 'embedded') continue;
    const user = rule.users.find((role) => roles.has(role));
    const missing = rule.together.filter((role) => !roles.has(role));
    if (user === undefined || missing.length === 0) continue;
    problems.push(
      `AEGIS_ROLES has ${user} without ${missing.join(' and ')}, but the embedded ${rule.name} cannot be shared between ` +
        `processes: add the missing role, or set ${rule.variable} to a server that all processes reach`,
    );
  }
  return problems;
}
