import { createHash, timingSafeEqual } from 'node:crypto';
import { AegisError, type HealthAnswer, type ReadinessAnswer, ROUTES, SIGNALS, streamOf } from '@aegisguard/model';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENGINES, type Engines } from './engines.ts';
import { PRODUCT_VERSION } from './product-version.ts';
import { Serves } from './serves.ts';
import { WORKER_GROUP } from './worker-group.ts';

const PROBE_TIMEOUT_MS = 2000;
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/** Whether the process lives, whether it can work, and its metrics of itself. */
@Controller()
export class HealthController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Serves(ROUTES.health)
  health(): HealthAnswer {
    return { status: 'ok', version: PRODUCT_VERSION, uptimeSeconds: Math.floor(process.uptime()) };
  }

  @Serves(ROUTES.readiness)
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessAnswer> {
    const { accounts, queue, storage } = this.engines;
    const probes = { postgres: accounts, queue, clickhouse: storage };
    const states = await Promise.all(
      Object.entries(probes).map(async ([name, engine]) => [name, await probe(() => engine.ping())] as const),
    );
    const ready = states.every(([, state]) => state === 'ok');
    void reply.code(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'unavailable', dependencies: Object.fromEntries(states) };
  }

  @Serves(ROUTES.selfMetrics)
  async metrics(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    if (!isLocal(request) && !hasToken(request, this.engines.config.metricsToken)) {
      throw new AegisError('forbidden', { detail: 'Metrics are for loopback, or for bearers of AEGIS_METRICS_TOKEN.' });
    }
    await this.refreshQueueGauges();
    const { registry } = this.engines.metrics;
    void reply.header('content-type', registry.contentType);
    return registry.metrics();
  }

  private async refreshQueueGauges(): Promise<void> {
    const { metrics, queue } = this.engines;
    for (const signal of SIGNALS) {
      const stream = streamOf(signal);
      const stats = await queue.stats(stream, WORKER_GROUP);
      metrics.queueDepth.set({ stream }, stats.depth);
      metrics.queueBytes.set({ stream }, stats.bytes);
      metrics.queueAgeSeconds.set({ stream }, stats.oldestAgeMs / 1000);
      metrics.queueDead.set({ stream }, stats.dead);
    }
  }
}

/** Public, so it says only that something is wrong, not what: the log has the rest. */
async function probe(ping: () => Promise<void>): Promise<'ok' | 'unavailable'> {
  const timeout = new Promise<'unavailable'>((resolve) => {
    setTimeout(resolve, PROBE_TIMEOUT_MS, 'unavailable').unref();
  });
  return Promise.race([
    ping().then(
      () => 'ok' as const,
      () => 'unavailable' as const,
    ),
    timeout,
  ]);
}

/** Behind a proxy on this machine every peer looks local, so a forwarded request is not. */
function isLocal(request: FastifyRequest): boolean {
  return LOOPBACK.test(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined;
}

function hasToken(request: FastifyRequest, token: string | undefined): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return token !== undefined && timingSafeEqual(digest(`Bearer ${token}`), digest(request.headers.authorization ?? ''));
}
