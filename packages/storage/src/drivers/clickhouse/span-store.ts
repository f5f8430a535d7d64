import type {
  FetchedSpan,
  FoundSpans,
  OrgId,
  QueryBounds,
  ReadTraceColumns,
  SpanAggregation,
  SpanComparisonQuery,
  SpanCondition,
  SpanFetch,
  SpanFunnelQuery,
  SpanPlace,
  SpanQueryReader,
  SpanScan,
  TraceCandidateSearch,
  TraceListing,
  TraceSpans,
  TraceSummaries,
} from '@aegisguard/model';
import type { EncodedBatch, SpanStore } from '../../driver.ts';
import type { Inserter } from './inserter.ts';
import type { TableNames } from './log-table.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { RecordTable } from './record-table.ts';
import { RegexCheck } from './regex-check.ts';
import { SPAN_INSERT_COLUMNS } from './span-columns.ts';
import { aggregateSpans } from './span-query/aggregate-spans.ts';
import { attributeNames } from './span-query/attribute-names.ts';
import { compareSpans } from './span-query/compare-spans.ts';
import { fetchSpans } from './span-query/fetch-spans.ts';
import { fieldValues } from './span-query/field-values.ts';
import { findTraces } from './span-query/find-traces.ts';
import { funnelTraces } from './span-query/funnel-traces.ts';
import { scanSpans } from './span-query/scan-spans.ts';
import { SpanReading } from './span-query/span-reading.ts';
import { findInTrace } from './trace-find.ts';
import { readTraceColumns } from './trace-outline.ts';
import { readSpansAt, readTrace } from './trace-read.ts';
import { summarizeTraces } from './trace-summaries.ts';

/** Spans in ClickHouse. */
export class ClickHouseSpanStore implements SpanStore {
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;
  readonly #rows: RecordTable;
  readonly #regexes = new RegexCheck();

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

  async summarizeTraces(orgId: OrgId, asked: TraceListing, bounds: QueryBounds): Promise<TraceSummaries> {
    return summarizeTraces(this.#runner, this.#tables, orgId, asked, new Deadline(bounds));
  }

  async findTraces(orgId: OrgId, search: TraceCandidateSearch, bounds: QueryBounds) {
    return this.#ask(orgId, search.conditions, bounds, (reading) => findTraces(reading, search));
  }

  async fetchSpans(orgId: OrgId, fetch: SpanFetch, bounds: QueryBounds) {
    return this.#ask(orgId, [fetch.condition], bounds, (reading) => fetchSpans(reading, fetch));
  }

  async aggregateSpans(orgId: OrgId, aggregation: SpanAggregation, bounds: QueryBounds) {
    return this.#ask(orgId, [aggregation.condition], bounds, (reading) => aggregateSpans(reading, aggregation));
  }

  async funnelTraces(orgId: OrgId, funnel: SpanFunnelQuery, bounds: QueryBounds) {
    return this.#ask(orgId, funnel.steps, bounds, (reading) => funnelTraces(reading, funnel));
  }

  async compareSpans(orgId: OrgId, comparison: SpanComparisonQuery, bounds: QueryBounds) {
    const conditions = [comparison.condition, comparison.selected.condition];
    return this.#ask(orgId, conditions, bounds, (reading) => compareSpans(reading, comparison));
  }

  async scanSpans(orgId: OrgId, scan: SpanScan, bounds: QueryBounds, onSpans: (spans: readonly FetchedSpan[]) => void) {
    return this.#ask(orgId, [scan.condition], bounds, (reading) => scanSpans(reading, scan, onSpans));
  }

  async attributeNames(orgId: OrgId, asked: Parameters<SpanQueryReader['attributeNames']>[1], bounds: QueryBounds) {
    return this.#ask(orgId, [asked.condition], bounds, (reading) => attributeNames(reading, asked));
  }

  async fieldValues(orgId: OrgId, asked: Parameters<SpanQueryReader['fieldValues']>[1], bounds: QueryBounds) {
    return this.#ask(orgId, [asked.condition], bounds, (reading) => fieldValues(reading, asked));
  }

  async #ask<Answer>(
    orgId: OrgId,
    conditions: readonly SpanCondition[],
    bounds: QueryBounds,
    ask: (reading: SpanReading) => Promise<Answer>,
  ): Promise<Answer> {
    const reading = new SpanReading(this.#runner, this.#tables, this.#regexes, orgId, new Deadline(bounds));
    await reading.assertValid(...conditions);
    return await ask(reading);
  }
}
