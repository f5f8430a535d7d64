import type {
  LogBlock,
  LogContextQuery,
  LogCountQuery,
  LogCounts,
  LogFacetQuery,
  LogOverview,
  LogPage,
  LogSampleQuery,
  LogSearch,
  LogSelection,
  LogValueQuery,
  LogVolumeQuery,
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
import { labelNames } from './overview/label-names.ts';
import { labelValues } from './overview/label-values.ts';
import { logContext } from './overview/log-context.ts';
import { logFacets } from './overview/log-facets.ts';
import { logTotals, logVolumes } from './overview/log-volumes.ts';
import { OverviewReading } from './overview/overview-reading.ts';
import { sampleLogs } from './overview/sample-logs.ts';
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

  async labelNames(orgId: OrgId, query: Parameters<LogOverview['labelNames']>[1], bounds: QueryBounds) {
    return this.#overview(orgId, query, bounds, (reading) => labelNames(reading, query));
  }

  async labelValues(orgId: OrgId, query: LogValueQuery, bounds: QueryBounds) {
    return this.#overview(orgId, query, bounds, (reading) => labelValues(reading, query));
  }

  async logVolumes(orgId: OrgId, query: LogVolumeQuery, bounds: QueryBounds) {
    return this.#overview(orgId, query, bounds, (reading) => logVolumes(reading, query));
  }

  async logTotals(orgId: OrgId, selection: LogSelection, bounds: QueryBounds) {
    return this.#overview(orgId, selection, bounds, (reading) => logTotals(reading, selection));
  }

  async logFacets(orgId: OrgId, query: LogFacetQuery, bounds: QueryBounds) {
    return this.#overview(orgId, query, bounds, (reading) => logFacets(reading, query));
  }

  async sampleLogs(orgId: OrgId, query: LogSampleQuery, bounds: QueryBounds) {
    return this.#overview(orgId, query, bounds, (reading) => sampleLogs(reading, query));
  }

  async logContext(orgId: OrgId, query: LogContextQuery, bounds: QueryBounds) {
    const deadline = new Deadline(bounds);
    return logContext((search) => searchLogs(this.#runner, this.#tables, orgId, search, deadline), query);
  }

  async #overview<Answer>(
    orgId: OrgId,
    selection: LogSelection,
    bounds: QueryBounds,
    ask: (reading: OverviewReading) => Promise<Answer>,
  ): Promise<Answer> {
    const deadline = new Deadline(bounds);
    await this.#regexes.assertValid(selection, this.#runner, deadline);
    return ask(new OverviewReading(this.#runner, this.#tables, orgId, deadline));
  }
}
