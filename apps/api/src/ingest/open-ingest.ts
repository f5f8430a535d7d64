import type { Engines } from '../platform/engines.ts';
import { IngestCounter } from '../platform/ingest-counter.ts';
import { KeyWatch } from '../platform/key-watch.ts';
import { WORKER_GROUP } from '../platform/worker-group.ts';
import { BackPressure } from './back-pressure.ts';
import { BodyBudget } from './body-budget.ts';
import { BodyVerifier } from './body-verifier.ts';
import { EVENTS_ROUTE } from './events-route.ts';
import { IdempotencyKeeper } from './idempotency.ts';
import { IngestGateway } from './ingest-gateway.ts';
import type { IngestRoute } from './ingest-route.ts';
import { KeyDirectory } from './key-directory.ts';
import { LOKI_ROUTE } from './loki-route.ts';
import { SHARED_ROUTES } from './otlp-routes.ts';
import { RateGate } from './rate-gate.ts';
import { RefusedKeys } from './refused-keys.ts';
import { REMOTE_WRITE_ROUTE } from './remote-write-route.ts';
import { RUM_ROUTE } from './rum-route.ts';
import { SeriesGates } from './series-gates.ts';

/** The routes on the main port. */
export const INGEST_ROUTES: readonly IngestRoute[] = [
  ...SHARED_ROUTES,
  RUM_ROUTE,
  EVENTS_ROUTE,
  REMOTE_WRITE_ROUTE,
  LOKI_ROUTE,
];

/** The gateway that all listeners share, and what runs beside it. */
export interface Ingest {
  readonly gateway: IngestGateway;
  /** After the listeners are closed: hands over what was counted. */
  close(): Promise<void>;
}

/** Puts the gateway together. */
export function openIngest(engines: Engines): Ingest {
  const { config, logger, metrics, queue, storage } = engines;
  const counter = new IngestCounter(storage.ingestCounts, logger, Date.now);
  const verifier = new BodyVerifier(logger);
  const keys = new KeyDirectory(engines.accounts);
  const gateway = new IngestGateway({
    keys,
    refusedKeys: new RefusedKeys(keys, new KeyWatch(engines.securityEvents, metrics)),
    keyUse: engines.keyUse,
    rates: new RateGate(engines.limits.limiter, config.limits),
    idempotency: new IdempotencyKeeper(queue, Date.now),
    bodies: new BodyBudget(),
    backPressure: new BackPressure(queue, WORKER_GROUP),
    seriesGates: new SeriesGates(),
    verifier,
    counter,
    queue,
    metrics,
    logger,
    bodyBytesMax: config.limits.bodyBytesMax,
    nowMs: Date.now,
  });
  counter.start();
  return {
    gateway,
    close: async () => {
      await verifier.close();
      await counter.close();
    },
  };
}
