import { Random } from '@aegisguard/testkit';

const SERVICES = ['checkout', 'payments', 'catalog', 'search', 'cart', 'shipping', 'auth', 'gateway'] as const;
const LEVELS = ['info', 'info', 'info', 'info', 'info', 'info', 'debug', 'debug', 'warn', 'error'] as const;
const ROUTES = [
  '/api/orders',
  '/api/orders/:id',
  '/api/products',
  '/api/cart/items',
  '/api/login',
  '/healthz',
] as const;
const REGIONS = ['eu-west-1', 'us-east-1', 'ap-south-1'] as const;
const METHODS = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'] as const;
const STATUSES = [200, 200, 200, 200, 201, 204, 304, 400, 404, 500, 503] as const;

/** A log like a service of an online shop writes it: ~400 bytes of JSON, with random trace and span ids. */
export function generateLog(random: Random, timeMs: number) {
  const level = random.pick(LEVELS);
  const status = random.pick(STATUSES);
  const durationMs = random.below(4000) / 10;
  const route = random.pick(ROUTES);
  const method = random.pick(METHODS);
  return {
    timestamp: new Date(timeMs).toISOString(),
    level,
    service: random.pick(SERVICES),
    host: `node-${random.below(24)}.cluster.internal`,
    env: 'production',
    message: messageOf(random, level, method, route, status, durationMs),
    traceId: random.hex(32),
    spanId: random.hex(16),
    attributes: {
      http: { method, route, status },
      durationMs,
      customerId: `c-${random.below(20_000)}`,
      region: random.pick(REGIONS),
    },
  };
}

function messageOf(
  random: Random,
  level: string,
  method: string,
  route: string,
  status: number,
  durationMs: number,
): string {
  if (level === 'error') {
    return random.below(50) === 0
      ? `deadlock detected while updating order ${random.below(1e6)}, transaction rolled back`
      : `upstream timed out after ${durationMs} ms calling inventory for order ${random.below(1e6)}`;
  }
  return level === 'warn'
    ? `slow query took ${durationMs} ms on shard ${random.below(16)}`
    : `${method} ${route} completed with ${status} in ${durationMs} ms`;
}

/** Bodies of `POST /v1/logs`, `batchRows` logs each, ending at `endMs` with `stepMs` between logs. */
export function generateBodies(batches: number, batchRows: number, endMs: number, stepMs: number): Buffer[] {
  const random = new Random(20_261_122);
  let timeMs = endMs - batches * batchRows * stepMs;
  return Array.from({ length: batches }, () => {
    const logs = Array.from({ length: batchRows }, () => {
      timeMs += stepMs;
      return generateLog(random, timeMs);
    });
    return Buffer.from(JSON.stringify({ logs }));
  });
}
