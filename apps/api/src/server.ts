import { randomUUID } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import { streamOf } from '@aegisguard/model';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { appModule } from './app.module.ts';
import { ingestPlugin } from './ingest/ingest-plugin.ts';
import { LogWorker } from './normalize/log-worker.ts';
import { NormalizerPool } from './normalize/normalizer-pool.ts';
import type { Engines } from './platform/engines.ts';
import { webPlugin } from './platform/web-plugin.ts';
import { WORKER_GROUP } from './platform/worker-group.ts';

/** Control-plane and query bodies are small; ingest bodies have their own limit. */
const BODY_BYTES_MAX = 1024 ** 2;
/** A client that takes longer to send a request is holding a connection, not sending. */
const REQUEST_TIMEOUT_MS = 120_000;

/** A running program: the roles that this process was given. */
export interface RunningServer {
  readonly url: string;
  /** Stops taking requests, finishes those under way, stores what the worker holds. */
  drain(): Promise<void>;
}

/** Starts the roles over open engines and listens. */
export async function startServer(engines: Engines): Promise<RunningServer> {
  const { config } = engines;
  const app = await createHttpApp(engines);
  const worker = config.roles.has('worker') ? startWorker(engines) : undefined;
  await app.listen(config.port, config.host);
  return {
    url: urlOf(app),
    drain: async () => {
      await app.close();
      await worker?.stop();
    },
  };
}

/** The HTTP side alone, ready for `inject` or `listen`. */
async function createHttpApp(engines: Engines): Promise<NestFastifyApplication> {
  const { config } = engines;
  const adapter = new FastifyAdapter({
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: config.trustProxy.length === 0 ? false : [...config.trustProxy],
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  });
  const instance = adapter.getInstance();
  await instance.register(helmet, {
    global: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
      },
    },
    strictTransportSecurity: false,
  });
  if (config.roles.has('gateway')) {
    await instance.register(ingestPlugin(engines));
  }
  if (config.roles.has('web')) {
    await instance.register(webPlugin);
  }
  const app = await NestFactory.create<NestFastifyApplication>(appModule(engines), adapter, {
    logger: false,
    abortOnError: false,
  });
  await app.init();
  await instance.ready();
  return app;
}

function startWorker(engines: Engines): { stop(): Promise<void> } {
  const { logger, metrics, queue, storage } = engines;
  // One core is left to the event loop and the store.
  const pool = new NormalizerPool(Math.max(1, Math.min(8, availableParallelism() - 1)));
  const who = { stream: streamOf('logs'), group: WORKER_GROUP, consumer: `${hostname()}-${process.pid}` };
  const worker = new LogWorker({ who, queue, store: storage.logs, pool, metrics, logger, nowMs: Date.now });
  worker.start();
  return {
    stop: async () => {
      await worker.stop();
      await pool.close();
    },
  };
}

function urlOf(app: NestFastifyApplication): string {
  const address = app.getHttpServer().address();
  if (address === null || typeof address === 'string') {
    throw new TypeError('the server listens on a port');
  }
  const host = address.address === '0.0.0.0' || address.address === '::' ? 'localhost' : address.address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
