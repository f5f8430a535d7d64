import { setTimeout as delay } from 'node:timers/promises';
import { AegisError, type OrgId } from '@aegisguard/model';
import type { Engine } from './engine.ts';
import { engineError } from './engine-error.ts';
import { plainDatabaseName, plainTableName, type TableNames } from './log-table.ts';
import type { QueryRunner } from './query-runner.ts';
import { orgCondition } from './selection-sql.ts';
import { textLiteral } from './sql-literal.ts';

const POLL_MS_MIN = 50;
const POLL_MS_MAX = 2_000;
/** A mutation that has failed and not gone on for so long is reported; the store goes on trying. */
const FAILING_MS_MAX = 30_000;
/** Rows may come in during a mutation, which does not see them. */
const MUTATIONS_MAX = 5;

/**
 * Deletes an organization's rows by mutations (https://clickhouse.com/docs/en/sql-reference/statements/alter/delete): the parts that hold such rows, and only those, are written anew without them, projections
 * included. The lightweight DELETE would only hide rows, and refuses tables with projections. A mutation is submitted without waiting and watched: it may take longer than a request to a server may, and it survives the
 * process that asked for it.
 */
export class RowDeletion {
  readonly #engine: Engine;
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;

  constructor(engine: Engine, runner: QueryRunner, tables: TableNames) {
    this.#engine = engine;
    this.#runner = runner;
    this.#tables = tables;
  }

  /** Resolves when no row of the organization that meets the condition is in a part in use; how many there were. One that is under way already is waited for, not begun again, and its rows are not counted. */
  async delete(table: string, orgId: OrgId, condition = '1'): Promise<number> {
    const where = `${orgCondition(orgId)} AND ${condition}`;
    let deleted = 0;
    for (let mutations = 0; ; mutations += 1) {
      await this.#settled(table, orgId);
      const rows = await this.#count(table, where);
      if (rows === 0) {
        return deleted;
      }
      if (mutations >= MUTATIONS_MAX) {
        throw new AegisError('unavailable', { internal: `rows come into ${table} faster than they can be deleted` });
      }
      deleted += rows;
      await this.#submit(`ALTER TABLE ${table} DELETE WHERE ${where} SETTINGS mutations_sync = 0`);
    }
  }

  /** Waits for the mutations that name the organization. */
  async #settled(table: string, orgId: OrgId): Promise<void> {
    const sql = `SELECT parts_to_do, latest_fail_reason FROM system.mutations WHERE database = ${textLiteral(plainDatabaseName(this.#tables))} AND table = ${textLiteral(plainTableName(this.#tables, table))} AND NOT is_done AND NOT is_killed AND position(command, ${textLiteral(orgId)}) > 0`;
    let known = '';
    let changedAtMs = performance.now();
    for (let pollMs = POLL_MS_MIN; ; pollMs = Math.min(POLL_MS_MAX, pollMs * 1.5)) {
      const rows = await this.#runner.rows(sql);
      if (rows.length === 0) {
        return;
      }
      const left = String(rows.map(([parts]) => parts));
      if (left !== known) {
        known = left;
        changedAtMs = performance.now();
      }
      const reason = rows.map(([, reason]) => String(reason)).find((reason) => reason !== '');
      if (reason !== undefined && performance.now() - changedAtMs > FAILING_MS_MAX) {
        // The rest of the reason quotes the statement.
        const name = /\(([A-Z_]+)\)/.exec(reason)?.[1] ?? 'for an unknown reason';
        throw new AegisError('unavailable', { internal: `a deletion from ${table} does not get on: ${name}` });
      }
      await delay(pollMs);
    }
  }

  async #count(table: string, where: string): Promise<number> {
    const [[rows] = []] = await this.#runner.rows(`SELECT count() FROM ${storedRows(table, where)}`);
    return Number(rows);
  }

  async #submit(sql: string): Promise<void> {
    try {
      await this.#engine.maintain(sql);
    } catch (error) {
      throw engineError(error, 'command');
    }
  }
}

/** Rows of a table as a source to count: those of the table itself, not what a projection says of them. */
export function storedRows(table: string, where: string): string {
  return `(SELECT 1 FROM ${table} WHERE ${where} SETTINGS optimize_use_projections = 0)`;
}
