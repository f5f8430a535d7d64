import type { OrgId } from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import type { RecentSamples } from './recent/recent-samples.ts';
import type { SeriesFinder } from './recent/series-finder.ts';

/** How much one query may select. */
export interface MetricLimits {
  readonly seriesMax: number;
  readonly samplesMax: number;
}

/** What a query of metrics reads with. */
export interface MetricReading {
  readonly runner: QueryRunner;
  readonly tables: TableNames;
  readonly finder: SeriesFinder;
  /** undefined: everything is read from the engine each time. */
  readonly recent: RecentSamples | undefined;
  readonly orgId: OrgId;
  readonly limits: MetricLimits;
  readonly deadline: Deadline;
}
