import {
  type DurationPeers,
  type GraphEdgeQuery,
  type OrgId,
  parseOrgId,
  type QueryBounds,
  type ServiceReader,
  type SpanFigureQuery,
} from '@aegisguard/model';
import type { ServiceStore } from '../../driver.ts';
import { durationPeers } from './duration-peers.ts';
import type { TableNames } from './log-table.ts';
import { Deadline, type QueryRunner, SPAN_GROUPS_MAX } from './query-runner.ts';
import { ServiceGraph, type ServiceGraphParts } from './service-graph.ts';
import { graphEdgesSql, readGraphEdge } from './service-graph-query.ts';
import { readSpanFigures, secondsLiteral, spanFiguresSql } from './span-metrics-query.ts';

/** What spans come to, in ClickHouse. */
export class ClickHouseServiceStore implements ServiceStore {
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;

  readonly #graph: ServiceGraph;

  constructor(parts: ServiceGraphParts) {
    this.#runner = parts.runner;
    this.#tables = parts.tables;
    this.#graph = new ServiceGraph(parts);
  }

  async settleWindows(nowMs: number): Promise<number> {
    return await this.#graph.settle(nowMs);
  }

  async sendersSince(sinceMs: number): Promise<readonly OrgId[]> {
    const rows = await this.#runner.rows(
      `SELECT DISTINCT toString(organization_id) FROM ${this.#tables.graphSpans} WHERE inserted_at >= toDateTime(${secondsLiteral(sinceMs)}, 'UTC')`,
    );
    return rows.map(([orgId]) => parseOrgId(String(orgId)));
  }

  /** Stops the upkeep. */
  async close(): Promise<void> {
    await this.#graph.close();
  }

  async readEdges(orgId: OrgId, query: GraphEdgeQuery, bounds: QueryBounds) {
    const { rows, elapsedMs, rowsRead, bytesRead } = await this.#runner.run(
      graphEdgesSql(this.#tables, orgId, query),
      new Deadline(bounds),
    );
    return { edges: rows.map(readGraphEdge), stats: { elapsedMs, rowsRead, bytesRead } };
  }

  async measureSpans(orgId: OrgId, query: SpanFigureQuery, bounds: QueryBounds) {
    const { rows, elapsedMs, rowsRead, bytesRead } = await this.#runner.run(
      spanFiguresSql(this.#tables, orgId, query),
      new Deadline(bounds),
      // Of every step, those of every bucket.
      { groupsMax: SPAN_GROUPS_MAX },
    );
    return {
      groups: rows.map((row) => readSpanFigures(row, query)),
      stats: { elapsedMs, rowsRead, bytesRead },
    };
  }

  async durationPeers(
    orgId: OrgId,
    peers: Parameters<ServiceReader['durationPeers']>[1],
    bounds: QueryBounds,
  ): Promise<DurationPeers> {
    return durationPeers(this.#runner, this.#tables, orgId, peers, new Deadline(bounds));
  }
}
