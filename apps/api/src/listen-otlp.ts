import type { SidePort } from '@aegisguard/config';
import type { FastifyServerOptions } from 'fastify';
import type { IngestGateway } from './ingest/ingest-gateway.ts';
import { listenOtlpGrpc } from './ingest/otlp-grpc.ts';
import { createOtlpHttp } from './ingest/otlp-http.ts';
import { isListenError, listenFailure, listenProblem } from './listen-problem.ts';
import { closeServer } from './platform/close-server.ts';
import type { Engines } from './platform/engines.ts';

interface Listener {
  readonly port: number;
  close(graceMs: number): Promise<void>;
}

/** The listeners on OTLP's own ports. */
export interface OtlpListeners {
  close(graceMs: number): Promise<void>;
}

/** Opens those that are wanted, and notes their ports in `engines.otlpPorts`. One that nobody asked for by name may be missing, with a warning. */
export async function listenOtlp(
  engines: Engines,
  gateway: IngestGateway,
  options: FastifyServerOptions,
): Promise<OtlpListeners> {
  const { config, logger, otlpPorts } = engines;
  const http = await listenOn(engines, 'AEGIS_OTLP_HTTP_PORT', config.otlpHttp, async (port) => {
    const instance = await createOtlpHttp(gateway, logger, options);
    await instance.listen({ port, host: config.host });
    return { port, close: (graceMs) => closeServer(instance.server, () => instance.close(), graceMs) };
  });
  const grpc = await listenOn(engines, 'AEGIS_OTLP_GRPC_PORT', config.otlpGrpc, (port) =>
    listenOtlpGrpc(gateway, config.host, port),
  ).catch(async (error: unknown) => {
    await http?.close(0);
    throw error;
  });
  otlpPorts.http = http?.port ?? null;
  otlpPorts.grpc = grpc?.port ?? null;
  return {
    close: async (graceMs) => {
      await Promise.all([http?.close(graceMs), grpc?.close(graceMs)]);
    },
  };
}

async function listenOn(
  { config: { host }, logger }: Engines,
  variable: string,
  { port, isGiven }: SidePort,
  listen: (port: number) => Promise<Listener>,
): Promise<Listener | undefined> {
  if (port === 0) {
    return undefined;
  }
  try {
    return await listen(port);
  } catch (error) {
    if (!isListenError(error)) {
      throw error;
    }
    if (isGiven) {
      throw listenFailure(variable, host, port, error);
    }
    logger.warn(`${listenProblem(variable, host, port, error)}; going on without it (0 turns it off)`);
    return undefined;
  }
}
