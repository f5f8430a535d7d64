import type {
  OrgId,
  QueryBounds,
  SecurityEventPage,
  SecurityEventReader,
  SecurityEventSearch,
  SecurityEventTrend,
} from '@aegisguard/model';
import type { EncodedBatch, SecurityEventStore } from '../../driver.ts';
import type { Inserter } from './inserter.ts';
import type { TableNames } from './log-table.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { RecordTable } from './record-table.ts';
import { SECURITY_EVENT_INSERT_COLUMNS } from './security-event-columns.ts';
import { searchSecurityEvents, securityEventTrend } from './security-event-search.ts';

/** Security events in ClickHouse. */
export class ClickHouseSecurityEventStore implements SecurityEventStore {
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;
  readonly #rows: RecordTable;

  constructor(inserter: Inserter, runner: QueryRunner, tables: TableNames) {
    this.#runner = runner;
    this.#tables = tables;
    this.#rows = new RecordTable(inserter, runner, {
      table: tables.securityEvents,
      columns: SECURITY_EVENT_INSERT_COLUMNS,
    });
  }

  async insert(batches: readonly EncodedBatch[]): Promise<void> {
    await this.#rows.insert(batches);
  }

  async storedIndexes(orgId: OrgId, batchId: string): Promise<ReadonlySet<number>> {
    return this.#rows.storedIndexes(orgId, batchId);
  }

  async search(orgId: OrgId, search: SecurityEventSearch, bounds: QueryBounds): Promise<SecurityEventPage> {
    return searchSecurityEvents(this.#runner, this.#tables, orgId, search, new Deadline(bounds));
  }

  async trend(
    orgId: OrgId,
    selection: Parameters<SecurityEventReader['trend']>[1],
    bounds: QueryBounds,
  ): Promise<SecurityEventTrend> {
    return securityEventTrend(this.#runner, this.#tables, orgId, selection, new Deadline(bounds));
  }
}
