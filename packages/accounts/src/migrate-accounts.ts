import { randomUUID } from 'node:crypto';
import { AegisError } from '@aegisguard/model';
import { Client } from 'pg';
import { type AccountsLogger, SILENT_LOGGER } from './accounts-logger.ts';
import { ADVISORY_LOCKS } from './advisory-locks.ts';
import { connectionSettings } from './database.ts';
import { toAegisError } from './database-error.ts';
import { type Migration, readMigrations } from './migration-files.ts';

/** What a run of the migrations may be told. */
export interface MigrateOptions {
  readonly logger?: AccountsLogger;
  /** Other migrations than this version's own; for tests. */
  readonly migrations?: readonly Migration[];
  /** By the name of a migration: what SQL alone cannot do, in its transaction. */
  readonly afterwards?: Readonly<Record<string, (client: Client) => Promise<void>>>;
}

/** A migration that rewrites a table may be slow, and others wait for it at the lock; beyond this something is stuck. */
const STATEMENT_TIMEOUT = '15min';

/** Prisma's own table, so that its tools know what ran. https://www.prisma.io/docs/orm/prisma-migrate/understanding-prisma-migrate/migration-histories */
const CREATE_HISTORY = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

interface HistoryRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/**
 * Brings the accounts schema up to this version and returns the names of the migrations that it ran. Forward only. Each migration runs in a transaction of its own, together with
 * its line in the history, under an advisory lock: any number of processes may start at once, and a crash leaves either all of a migration or nothing.
 *
 * Refused with `internal`: a migration that was applied with another text, one that Prisma's tools left half done, and a history that branched off from ours. A database that is
 * ahead of this version is taken as it is (with a warning), because during a rolling upgrade old processes restart beside new ones: docs/adr/0005.
 */
export async function migrateAccounts(databaseUrl: string, options: MigrateOptions = {}): Promise<readonly string[]> {
  const logger = options.logger ?? SILENT_LOGGER;
  const migrations = options.migrations ?? (await readMigrations());
  const client = new Client(connectionSettings(databaseUrl));
  // A connection that breaks also fails the query under way, which is where it is reported; unlistened it would end the process.
  client.on('error', () => undefined);
  const applied: string[] = [];
  try {
    await client.connect();
    const run = { client, migrations, logger, afterwards: options.afterwards ?? {} };
    let name = await applyNext(run);
    while (name !== undefined) {
      logger.info({ migration: name }, 'applied a migration of the accounts database');
      applied.push(name);
      name = await applyNext(run);
    }
    return applied;
  } catch (error) {
    throw toAegisError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Applies the first migration that the database lacks and returns its name; undefined when it lacks none. */
async function applyNext({
  client,
  migrations,
  logger,
  afterwards,
}: Required<MigrateOptions> & { readonly client: Client }): Promise<string | undefined> {
  await client.query('BEGIN');
  try {
    // Not the pooler's or the role's search path: Prisma asks for the tables in public.
    await client.query(`SET LOCAL search_path = public; SET LOCAL statement_timeout = '${STATEMENT_TIMEOUT}'`);
    await client.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.migrate]);
    await client.query(CREATE_HISTORY);
    const history = await client.query<HistoryRow>(
      `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations
       WHERE rolled_back_at IS NULL ORDER BY migration_name`,
    );
    const next = findNext(history.rows, migrations, logger);
    if (next) {
      await client.query(next.sql);
      await afterwards[next.name]?.(client);
      await client.query(
        `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
         VALUES ($1, $2, clock_timestamp(), $3, 1)`,
        [randomUUID(), next.checksum, next.name],
      );
    }
    await client.query('COMMIT');
    return next?.name;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** The first migration that the history lacks; throws when the history is neither a beginning nor a continuation of ours. */
function findNext(
  history: readonly HistoryRow[],
  migrations: readonly Migration[],
  logger: AccountsLogger,
): Migration | undefined {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const applied = new Set(history.map((row) => row.migration_name));
  const next = migrations.find(({ name }) => !applied.has(name));
  const last = migrations.at(-1)?.name ?? '';
  const ahead: string[] = [];
  for (const { migration_name: name, checksum, finished } of history) {
    const ours = known.get(name);
    if (!finished) {
      throw refusal(`migration ${name} was begun by another tool and not finished`);
    }
    if (ours && ours.checksum !== checksum) {
      throw refusal(`migration ${name} was applied with another text than this version has`);
    }
    if (next && (!ours || name > next.name)) {
      throw refusal(
        `migration ${name} was applied without ${next.name}, which this version needs: the histories differ`,
      );
    }
    if (!ours && name < last) {
      throw refusal(`migration ${name} was applied and this version does not have it: the histories differ`);
    }
    if (!ours) {
      ahead.push(name);
    }
  }
  if (ahead.length > 0) {
    logger.warn({ migrations: ahead }, 'the accounts database is ahead of this version');
  }
  return next;
}

function refusal(reason: string): AegisError {
  return new AegisError('internal', { internal: `the accounts database cannot be migrated: ${reason}` });
}
