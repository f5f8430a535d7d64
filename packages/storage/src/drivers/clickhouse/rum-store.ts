import type { OrgId, QueryBounds, RumReader } from '@aegisguard/model';
import type { EncodedBatch, RumStore } from '../../driver.ts';
import type { Inserter } from './inserter.ts';
import type { TableNames } from './log-table.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { RecordTable } from './record-table.ts';
import { RUM_INSERT_COLUMNS } from './rum-columns.ts';
import { listSessions, readSession } from './session-read.ts';

/** RUM events in ClickHouse. */
export class ClickHouseRumStore implements RumStore {
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;
  readonly #rows: RecordTable;

  constructor(inserter: Inserter, runner: QueryRunner, tables: TableNames) {
    this.#runner = runner;
    this.#tables = tables;
    this.#rows = new RecordTable(inserter, runner, { table: tables.rumEvents, columns: RUM_INSERT_COLUMNS });
  }

  async insert(batches: readonly EncodedBatch[]): Promise<void> {
    await this.#rows.insert(batches);
  }

  async storedIndexes(orgId: OrgId, batchId: string): Promise<ReadonlySet<number>> {
    return this.#rows.storedIndexes(orgId, batchId);
  }

  async readSession(
    orgId: OrgId,
    sessionId: string,
    limit: number,
    bounds: QueryBounds,
  ): ReturnType<RumReader['readSession']> {
    return readSession(this.#runner, this.#tables, orgId, sessionId, limit, new Deadline(bounds));
  }

  async listSessions(
    orgId: OrgId,
    selection: Parameters<RumReader['listSessions']>[1],
    bounds: QueryBounds,
  ): ReturnType<RumReader['listSessions']> {
    return listSessions(this.#runner, this.#tables, orgId, selection, new Deadline(bounds));
  }
}
