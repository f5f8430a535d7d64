import {
  AegisError,
  type IngestCountStore,
  type OrgId,
  type ScrubCountStore,
  type TraceSamplingStore,
} from '@aegisguard/model';
import type {
  DailyUsage,
  ErasureStore,
  LogStore,
  MetricStore,
  RetentionStore,
  RumStore,
  SecurityEventStore,
  ServiceStore,
  SpanStore,
  StorageDriver,
} from '../../driver.ts';
import { readDailyUsage, repairUsage } from './daily-usage.ts';
import type { Engine } from './engine.ts';
import { engineError } from './engine-error.ts';
import { ClickHouseErasureStore } from './erasure-store.ts';
import { ClickHouseIngestCountStore } from './ingest-count-store.ts';
import { Inserter } from './inserter.ts';
import { ClickHouseLogStore } from './log-store.ts';
import { type TableNames, tableNames } from './log-table.ts';
import type { MetricLimits } from './metric-reading.ts';
import { ClickHouseMetricStore } from './metric-store.ts';
import { migrate } from './migrate.ts';
import { Deadline, type QueryLimits, QueryRunner } from './query-runner.ts';
import type { RecentLimits } from './recent/recent-samples.ts';
import { ClickHouseRetentionStore } from './retention-store.ts';
import { RowDeletion } from './row-deletion.ts';
import { ClickHouseRumStore } from './rum-store.ts';
import { ClickHouseScrubCountStore } from './scrub-count-store.ts';
import { ClickHouseSecurityEventStore } from './security-event-store.ts';
import { ClickHouseServiceStore } from './service-store.ts';
import { ClickHouseSpanStore } from './span-store.ts';
import type { StorageLogger } from './storage-logger.ts';
import { ClickHouseTraceSamplingStore } from './trace-sampling-store.ts';
import type { UncleanMark } from './unclean-mark.ts';
import { untilAborted } from './until-aborted.ts';

const USAGE_MS = 10_000;
const REPAIR_MS = 60_000;
const PING_MS = 5_000;

/** What a driver is put together from. */
export interface ClickHouseParts {
  readonly engine: Engine;
  readonly database: string;
  readonly limits: QueryLimits;
  readonly metricLimits: MetricLimits;
  /** undefined: no samples are kept in memory. */
  readonly recentSamples?: RecentLimits;
  readonly insertMemoryBytesMax: number;
  readonly logger: StorageLogger;
  /** Only where this process alone writes. */
  readonly uncleanMark?: UncleanMark;
  /** Spans of a trace in half an hour, beyond which it has no edges; by default 100,000. */
  readonly graphTraceSpansMax?: number;
  readonly nowMs: () => number;
}

/** Telemetry in ClickHouse. */
export class ClickHouseDriver implements StorageDriver {
  readonly logs: LogStore;
  readonly metrics: MetricStore;
  readonly ingestCounts: IngestCountStore;
  readonly scrubCounts: ScrubCountStore;
  readonly erasure: ErasureStore;
  readonly retention: RetentionStore;
  readonly traceSampling: TraceSamplingStore;
  readonly spans: SpanStore;
  readonly services: ServiceStore;
  readonly rum: RumStore;
  readonly securityEvents: SecurityEventStore;
  readonly #parts: ClickHouseParts;
  readonly #tables: TableNames;
  readonly #runner: QueryRunner;
  readonly #inserter: Inserter;
  readonly #metrics: ClickHouseMetricStore;
  readonly #services: ClickHouseServiceStore;
  #closing: Promise<void> | undefined;

  constructor(parts: ClickHouseParts) {
    this.#parts = parts;
    this.#tables = tableNames(parts.database);
    this.#runner = new QueryRunner(parts.engine, parts.limits);
    this.#inserter = new Inserter(parts.engine, parts.insertMemoryBytesMax);
    this.logs = new ClickHouseLogStore(this.#inserter, this.#runner, this.#tables);
    this.#metrics = new ClickHouseMetricStore({
      engine: parts.engine,
      inserter: this.#inserter,
      runner: this.#runner,
      tables: this.#tables,
      limits: parts.metricLimits,
      recent: parts.recentSamples,
      rollupMemoryBytesMax: parts.insertMemoryBytesMax,
      nowMs: parts.nowMs,
    });
    this.metrics = this.#metrics;
    this.ingestCounts = new ClickHouseIngestCountStore(this.#inserter, this.#runner, this.#tables);
    this.scrubCounts = new ClickHouseScrubCountStore(this.#inserter, this.#runner, this.#tables);
    const deletion = new RowDeletion(parts.engine, this.#runner, this.#tables);
    this.erasure = new ClickHouseErasureStore(this.#runner, deletion, this.#tables);
    this.retention = new ClickHouseRetentionStore(this.#runner, deletion, this.#tables, parts.nowMs);
    this.traceSampling = new ClickHouseTraceSamplingStore(parts.engine, this.#runner, deletion, this.#tables);
    this.spans = new ClickHouseSpanStore(this.#inserter, this.#runner, this.#tables);
    this.#services = new ClickHouseServiceStore({
      engine: parts.engine,
      runner: this.#runner,
      tables: this.#tables,
      memoryBytesMax: parts.insertMemoryBytesMax,
      logger: parts.logger,
      traceSpansMax: parts.graphTraceSpansMax,
    });
    this.services = this.#services;
    this.rum = new ClickHouseRumStore(this.#inserter, this.#runner, this.#tables);
    this.securityEvents = new ClickHouseSecurityEventStore(this.#inserter, this.#runner, this.#tables);
  }

  async readDailyUsage(orgId: OrgId, from: string, to: string): Promise<readonly DailyUsage[]> {
    return readDailyUsage(this.#runner, this.#tables, orgId, from, to, within(USAGE_MS));
  }

  async migrate(): Promise<void> {
    const { engine, logger, uncleanMark, nowMs } = this.#parts;
    try {
      await migrate(engine, this.#tables, logger);
      if (uncleanMark?.wasUnclean) {
        const days = await repairUsage(engine, this.#runner, this.#tables, nowMs(), within(REPAIR_MS));
        logger.info({ days }, 'the store was not closed; usage was compared with what is stored');
        uncleanMark.repaired();
      }
    } catch (error) {
      throw engineError(error, 'command');
    }
  }

  async ping(): Promise<void> {
    // Not in a lane: a store that is busy with queries is up.
    const silence = AbortSignal.timeout(PING_MS);
    try {
      await untilAborted(this.#parts.engine.command('SELECT 1'), silence);
    } catch (error) {
      throw silence.aborted
        ? new AegisError('unavailable', { internal: 'ClickHouse does not answer' })
        : engineError(error, 'command');
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const upkeep = [this.#metrics.close(), this.#services.close()];
    await this.#runner.close();
    await Promise.all(upkeep);
    await this.#inserter.close();
    await this.#parts.engine.close();
    this.#parts.uncleanMark?.closed();
  }
}

function within(timeoutMs: number): Deadline {
  return new Deadline({ signal: new AbortController().signal, timeoutMs });
}
