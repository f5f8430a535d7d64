import { randomUUID } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import { streamOf } from '@aegisguard/model';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { appModule } from './app.module.ts';
import { ingestPlugin } from './ingest/ingest-plugin.ts';
import { LogWorker } from './normalize/log-worker.ts';
import { NormalizerPool } from './normalize/normalizer-pool.ts';
import type { Engines } from './platform/engines.ts';
import { acceptEmptyJsonBodies } from './platform/json-body-parser.ts';
import { refuseMalformed } from './platform/malformed-request.ts';
import { sendProblem, toAegisError } from './platform/problem.ts';
import { webPlugin } from './platform/web-plugin.ts';
import { WORKER_GROUP } from './platform/worker-group.ts';

/** Control-plane and query bodies are small; ingest bodies have their own limit. */
const BODY_BYTES_MAX = 1024 ** 2;
/** A client that takes longer to send a request is holding a connection, not sending. */
const REQUEST_TIMEOUT_MS = 120_000;

/** While closing, connections that became idle are looked for this often; requests under way have this long. The launcher kills after 25 s. */
const IDLE_SWEEP_MS = 100;
const REQUESTS_GRACE_MS = 8000;

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
  await app.listen(config.port, config.host);
  const worker = config.roles.has('worker') ? startWorker(engines) : undefined;
  return {
    url: urlOf(app),
    drain: async () => {
      await closeHttp(app);
      await worker?.stop();
    },
  };
}

/** Stops listening and waits for requests under way. Connections that have nothing to say are closed again and again, the others when their time is up. */
async function closeHttp(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer();
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
  const end = setTimeout(() => server.closeAllConnections(), REQUESTS_GRACE_MS);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(end);
  }
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
    // A request that comes while closing is still answered: its connection is there, and so are the engines.
    return503OnClosing: false,
    frameworkErrors: (error: unknown, _request: unknown, reply: FastifyReply) =>
      sendProblem(reply, toAegisError(error)),
    clientErrorHandler: refuseMalformed,
  });
  const instance = adapter.getInstance();
  acceptEmptyJsonBodies(instance);
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
    await instance.register(webPlugin(engines.logger));
  }
  const app = await NestFactory.create<NestFastifyApplication>(appModule(engines), adapter, {
    logger: false,
    abortOnError: false,
    // Fastify's own parser takes JSON only; Nest's would take forms, too, which other sites can post.
    bodyParser: false,
  });
  await app.init();
  await instance.ready();
  return app;
}

function startWorker(engines: Engines): { stop(): Promise<void> } {
  const { logger, metrics, queue, storage } = engines;
  // One core is left to the event loop and the store.
  const pool = new NormalizerPool(logger, Math.max(1, Math.min(8, availableParallelism() - 1)));
  const who = { stream: streamOf('logs'), group: WORKER_GROUP, consumer: `${hostname()}-${process.pid}` };
  const worker = new LogWorker({
    who,
    queue,
    store: storage.logs,
    normalize: (envelope, body, skip) => pool.normalize(envelope, body, skip),
    metrics,
    logger,
    nowMs: () => performance.now(),
  });
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
