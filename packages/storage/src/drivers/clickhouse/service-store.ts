import type { DurationPeers, OrgId, QueryBounds, ServiceReader, SpanFigureQuery } from '@aegisguard/model';
import type { ServiceStore } from '../../driver.ts';
import { durationPeers } from './duration-peers.ts';
import type { TableNames } from './log-table.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { readSpanFigures, spanFiguresSql } from './span-metrics-query.ts';

/** What spans come to, in ClickHouse. */
export class ClickHouseServiceStore implements ServiceStore {
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;

  constructor(runner: QueryRunner, tables: TableNames) {
    this.#runner = runner;
    this.#tables = tables;
  }

  async measureSpans(orgId: OrgId, query: SpanFigureQuery, bounds: QueryBounds) {
    const { rows, elapsedMs, rowsRead, bytesRead } = await this.#runner.run(
      spanFiguresSql(this.#tables, orgId, query),
      new Deadline(bounds),
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
