import type {
  LogBlock,
  LogCountQuery,
  LogCounts,
  LogPage,
  LogSearch,
  LogSelection,
  OrgId,
  QueryBounds,
  QueryStats,
} from '@aegisguard/model';
import type { EncodedBatch, LogStore } from '../../driver.ts';
import type { Inserter } from './inserter.ts';
import { LOG_INSERT_COLUMNS } from './log-columns.ts';
import { countLogs } from './log-count.ts';
import { scanLogs } from './log-scan.ts';
import { searchLogs } from './log-search.ts';
import type { TableNames } from './log-table.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { RecordTable } from './record-table.ts';
import { RegexCheck } from './regex-check.ts';

/** Logs in ClickHouse. */
export class ClickHouseLogStore implements LogStore {
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;
  readonly #rows: RecordTable;
  readonly #regexes = new RegexCheck();

  constructor(inserter: Inserter, runner: QueryRunner, tables: TableNames) {
    this.#runner = runner;
    this.#tables = tables;
    this.#rows = new RecordTable(inserter, runner, { table: tables.logs, columns: LOG_INSERT_COLUMNS });
  }

  async insert(batches: readonly EncodedBatch[]): Promise<void> {
    await this.#rows.insert(batches);
  }

  async storedIndexes(orgId: OrgId, batchId: string): Promise<ReadonlySet<number>> {
    return this.#rows.storedIndexes(orgId, batchId);
  }

  async searchLogs(orgId: OrgId, search: LogSearch, bounds: QueryBounds): Promise<LogPage> {
    const deadline = new Deadline(bounds);
    await this.#regexes.assertValid(search, this.#runner, deadline);
    return searchLogs(this.#runner, this.#tables, orgId, search, deadline);
  }

  async countLogs(orgId: OrgId, query: LogCountQuery, bounds: QueryBounds): Promise<LogCounts> {
    const deadline = new Deadline(bounds);
    await this.#regexes.assertValid(query, this.#runner, deadline);
    return countLogs(this.#runner, this.#tables, orgId, query, deadline);
  }

  async scanLogs(
    orgId: OrgId,
    selection: LogSelection,
    bounds: QueryBounds,
    onBlock: (block: LogBlock) => void,
  ): Promise<QueryStats> {
    const deadline = new Deadline(bounds);
    await this.#regexes.assertValid(selection, this.#runner, deadline);
    return scanLogs(this.#runner, this.#tables, orgId, selection, deadline, onBlock);
  }
}
