import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyServerOptions } from 'fastify';
import { appModule } from './app.module.ts';
import { docsPlugin } from './docs/docs-plugin.ts';
import { ingestPlugin } from './ingest/ingest-plugin.ts';
import { INGEST_ROUTES, type Ingest, openIngest } from './ingest/open-ingest.ts';
import { listenOtlp } from './listen-otlp.ts';
import { prepareWorkers } from './normalize/start-workers.ts';
import { acceptYaml } from './platform/accept-yaml.ts';
import { closeServer } from './platform/close-server.ts';
import type { Engines } from './platform/engines.ts';
import { acceptForms } from './platform/form-body-parser.ts';
import { acceptEmptyJsonBodies } from './platform/json-body-parser.ts';
import { refuseMalformed } from './platform/malformed-request.ts';
import { sendProblem, toAegisError } from './platform/problem.ts';
import { logProblem } from './platform/problem-filter.ts';
import { watchRoutes } from './platform/route-watch.ts';
import { setSecurityHeaders } from './platform/security-headers.ts';
import { webPlugin } from './platform/web-plugin.ts';
import { acceptWebSockets, wantsWebSocket } from './platform/web-socket.ts';
import { startJobs } from './schedule/start-jobs.ts';

/** Control-plane and query bodies are small; ingest bodies have their own limit. */
const BODY_BYTES_MAX = 1024 ** 2;
/** Of a part of a path that is an id: the longest session id, percent-encoded. */
const PARAMETER_LENGTH_MAX = 4096;
/** A client that takes longer to send a request is holding a connection, not sending. */
const REQUEST_TIMEOUT_MS = 120_000;

/** Requests under way have this long when the process is to end. The launcher kills after 25 s. */
const REQUESTS_GRACE_MS = 8000;

/** A running program: the roles that this process was given. */
export interface RunningServer {
  readonly url: string;
  /** Stops taking requests, finishes those under way, stores what the workers hold. */
  drain(): Promise<void>;
}

/** Starts the roles over open engines and listens. */
export async function startServer(engines: Engines): Promise<RunningServer> {
  const { config } = engines;
  // No organization can be deleted yet.
  const prepared = config.roles.has('worker')
    ? prepareWorkers(engines, (orgId) => engines.accounts.erasures.isErased(orgId))
    : undefined;
  const ingest = config.roles.has('gateway') ? openIngest(engines) : undefined;
  const app = await createHttpApp(engines, ingest);
  await app.listen(config.port, config.host);
  const closeMain = () => closeServer(app.getHttpServer(), () => app.close(), REQUESTS_GRACE_MS);
  const otlp =
    ingest &&
    (await listenOtlp(engines, ingest.gateway, httpOptions(engines)).catch(async (error: unknown) => {
      await closeMain();
      throw error;
    }));
  const workers = await prepared?.start();
  const jobs = config.roles.has('scheduler') ? startJobs(engines) : undefined;
  return {
    url: urlOf(app),
    drain: async () => {
      await Promise.all([closeMain(), otlp?.close(REQUESTS_GRACE_MS)]);
      await Promise.all([workers?.stop(), jobs?.stop()]);
      await ingest?.close();
    },
  };
}

/** What every HTTP listener is made with. */
function httpOptions({ config }: Engines) {
  return {
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: config.trustProxy.length === 0 ? false : [...config.trustProxy],
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: PARAMETER_LENGTH_MAX },
    forceCloseConnections: 'idle',
    // A request that comes while closing is still answered: its connection is there, and so are the engines.
    return503OnClosing: false,
    clientErrorHandler: refuseMalformed,
  } satisfies FastifyServerOptions;
}

/** The HTTP side alone, ready for `inject` or `listen`. */
async function createHttpApp(engines: Engines, ingest: Ingest | undefined): Promise<NestFastifyApplication> {
  const { config, logger } = engines;
  const refuse = (thrown: unknown, reply: FastifyReply) => {
    const error = toAegisError(thrown);
    logProblem(logger, reply.request.id, error, thrown);
    sendProblem(reply, error);
  };
  const adapter = new FastifyAdapter({
    ...httpOptions(engines),
    http: { shouldUpgradeCallback: wantsWebSocket },
    frameworkErrors: (error: unknown, _request: unknown, reply: FastifyReply) => refuse(error, reply),
  });
  const instance = adapter.getInstance();
  const checkRoutes = watchRoutes(instance);
  acceptEmptyJsonBodies(instance);
  acceptForms(instance);
  acceptYaml(instance);
  acceptWebSockets(instance);
  await setSecurityHeaders(instance, config.publicUrl);
  if (ingest !== undefined) {
    await instance.register(ingestPlugin(ingest.gateway, INGEST_ROUTES, refuse));
  }
  if (config.roles.has('query')) {
    await instance.register(docsPlugin);
  }
  // Not where telemetry comes in: refusals of an unknown key and of a wrong signature are equal in their headers.
  const ingestPaths = new Set(INGEST_ROUTES.map(({ path }) => path));
  instance.addHook('onRequest', async (request, reply) => {
    if (!ingestPaths.has(request.routeOptions.url ?? '')) {
      void reply.header('x-request-id', request.id);
    }
  });
  if (config.roles.has('web')) {
    await instance.register(webPlugin(engines.logger));
  }
  // After what takes telemetry, and read only where it is asked for: no other request pays for cookies.
  await instance.register(cookie, { hook: false });
  const app = await NestFactory.create<NestFastifyApplication>(appModule(engines), adapter, {
    logger: false,
    abortOnError: false,
    // Fastify's own parser takes JSON only; Nest's would take forms, too, which other sites can post.
    bodyParser: false,
  });
  await app.init();
  await instance.ready();
  checkRoutes();
  return app;
}

function urlOf(app: NestFastifyApplication): string {
  const address = app.getHttpServer().address();
  if (address === null || typeof address === 'string') {
    throw new TypeError('the server listens on a port');
  }
  const host = address.address === '0.0.0.0' || address.address === '::' ? 'localhost' : address.address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
