import { availableParallelism, hostname } from 'node:os';
import { type IngestEnvelope, type OrgId, type Signal, streamOf } from '@aegisguard/model';
import type { Engines } from '../platform/engines.ts';
import { IngestCounter } from '../platform/ingest-counter.ts';
import { WORKER_GROUP } from '../platform/worker-group.ts';
import { addMeasured } from './add-measured.ts';
import { countLoss } from './count-loss.ts';
import { ErasedOrganizations } from './erased-organizations.ts';
import { bundledGeoDatabases, GeoFiles } from './geo-files.ts';
import type { GroupLimits } from './insert-group.ts';
import { InsertTurns } from './insert-turns.ts';
import type { BatchJob, EncodedBySignal, NormalizedBatch } from './normalize-batch.ts';
import { normalizeOnce } from './normalize-once.ts';
import { NormalizerPool } from './normalizer-pool.ts';
import { PipelinesDirectory } from './pipelines-directory.ts';
import { PrivacyDirectory } from './privacy-directory.ts';
import { ScrubCounter } from './scrub-counter.ts';
import { metricSink, recordSink, type SignalSink } from './signal-sink.ts';
import { SignalWorker } from './signal-worker.ts';

/** Measured with `npm run bench`: larger groups save little, and hold more memory. A sample is some twenty times smaller than a record. */
const GROUP_LIMITS: Readonly<Record<Signal, GroupLimits>> = {
  logs: { rowsMax: 20_000, bytesMax: 32 * 1024 ** 2, ageMsMax: 400 },
  traces: { rowsMax: 20_000, bytesMax: 32 * 1024 ** 2, ageMsMax: 400 },
  rum: { rowsMax: 20_000, bytesMax: 32 * 1024 ** 2, ageMsMax: 400 },
  events: { rowsMax: 20_000, bytesMax: 32 * 1024 ** 2, ageMsMax: 400 },
  metrics: { rowsMax: 200_000, bytesMax: 32 * 1024 ** 2, ageMsMax: 400 },
};

/** A server takes an insert of each signal at once; the embedded engine has one connection for inserts. */
const SERVER_INSERTS_MAX = 4;

/** Workers that are about to start. */
export interface PreparedWorkers {
  start(): Promise<{ stop(): Promise<void> }>;
}

/**
 * Prepares a worker for each signal; they share the normalizer threads and the store's inserts. Threads load their tables and the databases of places are read from now on, so that by the time that the server listens the first record need not
 * wait for them. `isErased` says whether an organization is deleted; it is asked every few seconds.
 */
export function prepareWorkers(engines: Engines, isErased: (orgId: OrgId) => Promise<boolean>): PreparedWorkers {
  const { config, logger } = engines;
  // One core is left to the event loop and the store.
  const pool = new NormalizerPool(logger, Math.max(1, Math.min(8, availableParallelism() - 1)));
  // What fails here shows when there is work.
  pool.warmUp().catch(() => undefined);
  const geo = GeoFiles.open(config.geoDatabases ?? bundledGeoDatabases(), logger);
  geo.catch(() => undefined);
  return { start: async () => startWorkers(engines, pool, await geo, isErased) };
}

function startWorkers(
  engines: Engines,
  pool: NormalizerPool,
  geo: GeoFiles,
  isErased: (orgId: OrgId) => Promise<boolean>,
): { stop(): Promise<void> } {
  const { accounts, config, ingestIds, logger, logMetrics, metrics, queue, storage, tails } = engines;
  const turns = new InsertTurns(config.clickhouse.kind === 'server' ? SERVER_INSERTS_MAX : 1);
  const counter = new IngestCounter(storage.ingestCounts, logger, Date.now);
  counter.start();
  const scrubCounter = new ScrubCounter(storage.scrubCounts, logger, Date.now);
  scrubCounter.start();
  const erased = new ErasedOrganizations(isErased, () => performance.now());
  const privacies = new PrivacyDirectory(accounts, logger, () => performance.now());
  const pipelines = new PipelinesDirectory(accounts, logger, () => performance.now());
  geo.start();
  const normalize = async <S extends Signal>(signal: S, job: BatchJob) => {
    const { orgId } = job.envelope;
    const [privacy, rules] = await Promise.all([
      privacies.of(orgId),
      signal === 'logs' ? pipelines.of(orgId) : undefined,
    ]);
    const queries = signal === 'logs' ? tails.queriesOf(orgId) : [];
    return pool.normalize(signal, {
      ...job,
      privacy,
      ...(rules === undefined ? {} : { pipelines: rules }),
      ...(queries.length === 0 ? {} : { tails: queries }),
      geo: geo.current,
    });
  };
  // Before they are stored: whoever watches need not wait for the store.
  const tell = async <Normalized extends NormalizedBatch<unknown>>({ envelope }: BatchJob, normalized: Normalized) => {
    if (normalized.measured !== undefined) {
      await addMeasured(logMetrics, counter, envelope, normalized.measured);
    }
    if (normalized.caught !== undefined) {
      tails.publish(envelope.orgId, normalized.caught);
    }
    return normalized;
  };
  const onDuplicates = (envelope: IngestEnvelope, records: number) =>
    countLoss(counter, envelope, 'duplicate', records);
  const start = <S extends Signal>(signal: S, sink: SignalSink<EncodedBySignal[S]>) => {
    const worker = new SignalWorker({
      signal,
      who: { stream: streamOf(signal), group: WORKER_GROUP, consumer: `${hostname()}-${process.pid}` },
      queue,
      sink,
      normalize: async (job) =>
        tell(job, await normalizeOnce({ ingestIds, normalize: (each) => normalize(signal, each), onDuplicates }, job)),
      isErased: (orgId) => erased.has(orgId),
      groupLimits: GROUP_LIMITS[signal],
      turns,
      counter,
      scrubCounter,
      metrics,
      logger,
      nowMs: () => performance.now(),
    });
    worker.start();
    return worker;
  };
  const workers = [
    start('logs', recordSink(storage.logs)),
    start('traces', recordSink(storage.spans)),
    start('rum', recordSink(storage.rum)),
    start('events', recordSink(storage.securityEvents)),
    start(
      'metrics',
      metricSink(storage.metrics, counter, () => pool.forgetSeries()),
    ),
  ];
  return {
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await Promise.all([counter.close(), scrubCounter.close()]);
      await geo.stop();
      await pool.close();
    },
  };
}
