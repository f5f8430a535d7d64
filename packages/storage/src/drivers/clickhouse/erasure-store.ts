import { setTimeout as delay } from 'node:timers/promises';
import { AegisError, type OrgId } from '@aegisguard/model';
import type { ErasureStore, TableFootprint } from '../../driver.ts';
import { organizationTables, plainDatabaseName, plainTableName, type TableNames } from './log-table.ts';
import type { QueryRunner } from './query-runner.ts';
import { type RowDeletion, storedRows } from './row-deletion.ts';
import { orgCondition } from './selection-sql.ts';
import { textLiteral } from './sql-literal.ts';

const POLL_MS = 1_000;
/** Parts go ten seconds after they were replaced (`old_parts_lifetime`), when the engine next has nothing better to do: as a rule within a minute. */
const PURGE_MS_MAX = 15 * 60_000;
/** Names of parts that are waited for at once. */
const PARTS_MAX = 100_000;

/** Takes organizations out of ClickHouse. */
export class ClickHouseErasureStore implements ErasureStore {
  readonly #runner: QueryRunner;
  readonly #deletion: RowDeletion;
  readonly #tables: TableNames;

  constructor(runner: QueryRunner, deletion: RowDeletion, tables: TableNames) {
    this.#runner = runner;
    this.#deletion = deletion;
    this.#tables = tables;
  }

  async footprint(orgId: OrgId): Promise<readonly TableFootprint[]> {
    const counts = organizationTables(this.#tables).map(
      (table) =>
        `SELECT ${textLiteral(plainTableName(this.#tables, table))} AS table, count() AS rows FROM ${storedRows(table, orgCondition(orgId))}`,
    );
    const sizes = `SELECT table, sum(bytes_on_disk) / greatest(1, sum(rows)) AS row_bytes FROM system.parts WHERE ${this.#ofDatabase()} AND active GROUP BY table`;
    const rows = await this.#runner.rows(
      `SELECT table, rows, round(rows * row_bytes) FROM (${counts.join(' UNION ALL ')}) AS counts LEFT JOIN (${sizes}) AS sizes USING table ORDER BY table`,
    );
    return rows.map(([table, count, bytes]) => ({ table: String(table), rows: Number(count), bytes: Number(bytes) }));
  }

  async erase(orgId: OrgId, table: string): Promise<number> {
    const qualified = organizationTables(this.#tables).find((name) => plainTableName(this.#tables, name) === table);
    if (qualified === undefined) {
      throw new AegisError('internal', { internal: `no table of organizations: ${table}` });
    }
    return await this.#deletion.delete(qualified, orgId);
  }

  async purge(): Promise<number> {
    const replaced = await this.#replaced();
    const rows = [...replaced.values()].reduce((sum, count) => sum + count, 0);
    const endMs = performance.now() + PURGE_MS_MAX;
    for (let left = replaced; left.size > 0; left = await this.#replaced()) {
      if (![...left.keys()].some((name) => replaced.has(name))) {
        break;
      }
      if (performance.now() > endMs) {
        throw new AegisError('unavailable', { internal: 'files that were replaced are not deleted' });
      }
      await delay(POLL_MS);
    }
    return rows;
  }

  /** Rows of the parts out of use, by table and part. One that was in use when its process was killed is loaded again as such. */
  async #replaced(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#runner.rows(
      `SELECT table, name, rows FROM system.parts WHERE ${this.#ofDatabase()} AND NOT active ORDER BY modification_time LIMIT ${PARTS_MAX}`,
    );
    return new Map(rows.map(([table, name, count]) => [`${table} ${name}`, Number(count)]));
  }

  #ofDatabase(): string {
    return `database = ${textLiteral(plainDatabaseName(this.#tables))}`;
  }
}
