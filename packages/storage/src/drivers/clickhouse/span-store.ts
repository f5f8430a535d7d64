import type {
  FoundSpans,
  OrgId,
  QueryBounds,
  ReadTraceColumns,
  SpanPeers,
  SpanPeersQuestion,
  SpanPlace,
  TracePage,
  TraceSearch,
  TraceSpans,
} from '@aegisguard/model';
import type { EncodedBatch, SpanStore } from '../../driver.ts';
import type { Inserter } from './inserter.ts';
import type { TableNames } from './log-table.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { RecordTable } from './record-table.ts';
import { SPAN_INSERT_COLUMNS } from './span-columns.ts';
import { readSpanPeers } from './span-peers.ts';
import { findInTrace } from './trace-find.ts';
import { readTraceColumns } from './trace-outline.ts';
import { readSpansAt, readTrace } from './trace-read.ts';
import { searchTraces } from './trace-search.ts';

/** Spans in ClickHouse. */
export class ClickHouseSpanStore implements SpanStore {
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;
  readonly #rows: RecordTable;

  constructor(inserter: Inserter, runner: QueryRunner, tables: TableNames) {
    this.#runner = runner;
    this.#tables = tables;
    this.#rows = new RecordTable(inserter, runner, { table: tables.spans, columns: SPAN_INSERT_COLUMNS });
  }

  async insert(batches: readonly EncodedBatch[]): Promise<void> {
    await this.#rows.insert(batches);
  }

  async storedIndexes(orgId: OrgId, batchId: string): Promise<ReadonlySet<number>> {
    return this.#rows.storedIndexes(orgId, batchId);
  }

  async readTrace(orgId: OrgId, traceId: string, limit: number, bounds: QueryBounds): Promise<TraceSpans> {
    return readTrace(this.#runner, this.#tables, orgId, traceId, limit, new Deadline(bounds));
  }

  async readTraceColumns(orgId: OrgId, traceId: string, limit: number, bounds: QueryBounds): Promise<ReadTraceColumns> {
    return readTraceColumns(this.#runner, this.#tables, orgId, traceId, limit, new Deadline(bounds));
  }

  async readSpansAt(
    orgId: OrgId,
    traceId: string,
    places: readonly SpanPlace[],
    bounds: QueryBounds,
  ): Promise<Pick<TraceSpans, 'spans' | 'stats'>> {
    return readSpansAt(this.#runner, this.#tables, orgId, traceId, places, new Deadline(bounds));
  }

  async findInTrace(
    orgId: OrgId,
    traceId: string,
    text: string,
    limit: number,
    bounds: QueryBounds,
  ): Promise<FoundSpans | undefined> {
    return findInTrace(this.#runner, this.#tables, orgId, traceId, text, limit, new Deadline(bounds));
  }

  async readSpanPeers(orgId: OrgId, question: SpanPeersQuestion, bounds: QueryBounds): Promise<SpanPeers> {
    return readSpanPeers(this.#runner, this.#tables, orgId, question, new Deadline(bounds));
  }

  async searchTraces(orgId: OrgId, search: TraceSearch, bounds: QueryBounds): Promise<TracePage> {
    return searchTraces(this.#runner, this.#tables, orgId, search, new Deadline(bounds));
  }
}
