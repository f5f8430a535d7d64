import { availableParallelism } from 'node:os';
import type { StorageDriver } from '../../driver.ts';
import { ClickHouseDriver } from './clickhouse-driver.ts';
import type { Engine } from './engine.ts';
import { ServerEngine } from './server-engine.ts';
import { SILENT, type StorageLogger } from './storage-logger.ts';
import { UncleanMark } from './unclean-mark.ts';

/** Which ClickHouse: the engine in this process on a directory, or a server (`http(s)://user:password@host:port`). */
export type ClickHouseTarget =
  | { readonly kind: 'embedded'; readonly path: string }
  | { readonly kind: 'server'; readonly url: string; readonly database?: string };

/** How the store may use the machine; the defaults are for the embedded engine on two cores. */
export interface ClickHouseOptions {
  readonly logger?: StorageLogger;
  /** Queries that run at once; others wait. Each holds a thread of libuv's pool in the embedded engine. */
  readonly queryLanes?: number;
  /** Of the embedded engine as a whole. */
  readonly engineMemoryBytesMax?: number;
  readonly queryMemoryBytesMax?: number;
  readonly rowsReadMax?: number;
  readonly resultBytesMax?: number;
  /** Groups times buckets of a count. */
  readonly groupsMax?: number;
  /** What one query of metrics may select. */
  readonly metricSeriesMax?: number;
  readonly metricSamplesMax?: number;
  /** Samples of the last hours that are kept in this process's memory; 0 for none. */
  readonly recentSamplesBytesMax?: number;
  /** Queries of fewer series do not make samples be kept. */
  readonly recentSeriesMin?: number;
  /** The clock, in Unix ms. */
  readonly nowMs?: () => number;
}

const MEBIBYTE = 1024 * 1024;
const DATABASE = 'aegisguard';

/**
 * Opens ClickHouse as a store. `migrate` must be called before anything else. One process at a time can have an embedded directory; a second one is refused with a plain sentence.
 */
export async function openClickHouse(
  target: ClickHouseTarget,
  options: ClickHouseOptions = {},
): Promise<StorageDriver> {
  const engineMemoryBytesMax = options.engineMemoryBytesMax ?? 640 * MEBIBYTE;
  const recentBytesMax = options.recentSamplesBytesMax ?? 256 * MEBIBYTE;
  const laneCount = options.queryLanes ?? (target.kind === 'embedded' ? 4 : 16);
  const engine = await openEngine(target, laneCount, engineMemoryBytesMax);
  return new ClickHouseDriver({
    engine,
    database: target.kind === 'server' ? (target.database ?? DATABASE) : DATABASE,
    limits: {
      memoryBytesMax: options.queryMemoryBytesMax ?? 256 * MEBIBYTE,
      rowsReadMax: options.rowsReadMax ?? 2_000_000_000,
      resultBytesMax: options.resultBytesMax ?? 48 * MEBIBYTE,
      groupsMax: options.groupsMax ?? 200_000,
      threads: Math.min(4, availableParallelism()),
    },
    metricLimits: {
      seriesMax: options.metricSeriesMax ?? 50_000,
      samplesMax: options.metricSamplesMax ?? 20_000_000,
    },
    ...(recentBytesMax > 0
      ? { recentSamples: { bytesMax: recentBytesMax, seriesMin: options.recentSeriesMin ?? 100, followMs: 5_000 } }
      : {}),
    insertMemoryBytesMax: Math.floor(engineMemoryBytesMax * 0.6),
    logger: options.logger ?? SILENT,
    ...(target.kind === 'embedded' ? { uncleanMark: new UncleanMark(target.path) } : {}),
    nowMs: options.nowMs ?? Date.now,
  });
}

async function openEngine(target: ClickHouseTarget, laneCount: number, memoryBytesMax: number): Promise<Engine> {
  if (target.kind === 'server') {
    return new ServerEngine({ url: target.url, laneCount });
  }
  // The embedded engine is a library of half a gigabyte: only who uses it loads it.
  const { EmbeddedEngine } = await import('./embedded-engine.ts');
  return new EmbeddedEngine({ path: target.path, laneCount, memoryBytesMax });
}
