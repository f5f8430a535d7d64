import { createHash } from 'node:crypto';
import { AegisError } from '@aegisguard/model';
import { MIGRATIONS } from '../../migrations/all-migrations.ts';
import type { Engine } from './engine.ts';
import type { TableNames } from './log-table.ts';
import { textLiteral } from './sql-literal.ts';
import type { StorageLogger } from './storage-logger.ts';

/**
 * Applies the migrations that the ledger does not have, in order. Several processes may do so at once: a statement whose work is done does nothing, and a line that is in
 * the ledger twice counts once. A released migration that has changed since is refused. Newer ones than this program knows are left alone, so that versions can overlap.
 */
export async function migrate(engine: Engine, tables: TableNames, logger: StorageLogger): Promise<void> {
  await engine.command(`CREATE DATABASE IF NOT EXISTS ${tables.database}`);
  await engine.command(
    `CREATE TABLE IF NOT EXISTS ${tables.migrations}
(version UInt32, name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
ENGINE = MergeTree ORDER BY version SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  );
  const applied = await appliedChecksums(engine, tables);
  for (const { version, name, statements } of MIGRATIONS) {
    const sql = statements(tables);
    const checksum = createHash('sha256').update(sql.join(';\n')).digest('hex');
    const known = applied.get(version);
    if (known !== undefined && !known.has(checksum)) {
      throw new AegisError('internal', {
        internal: `Migration ${version} (${name}) of the log store is not the one that the store was made with.`,
      });
    }
    if (known === undefined) {
      for (const statement of sql) {
        await engine.command(statement);
      }
      await engine.command(
        `INSERT INTO ${tables.migrations} (version, name, checksum) VALUES (${version}, ${textLiteral(name)}, ${textLiteral(checksum)})`,
      );
      logger.info({ version, name }, 'applied a migration of the store');
    }
  }
}

async function appliedChecksums(engine: Engine, tables: TableNames): Promise<Map<number, Set<string>>> {
  const { rows } = await engine.select(
    0,
    `SELECT version, checksum FROM ${tables.migrations}`,
    AbortSignal.timeout(30_000),
  );
  const applied = new Map<number, Set<string>>();
  for (const [version, checksum] of rows) {
    const known = applied.get(Number(version)) ?? new Set();
    applied.set(Number(version), known.add(String(checksum)));
  }
  return applied;
}
