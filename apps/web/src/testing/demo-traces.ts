import { type OrganizationAccess, sendLogs, sendSigned } from '@aegisguard/testkit';

/** The trace of a checkout that fails, one that goes well, and one whose clocks differ and whose root is missing. */
export const DEMO_TRACES = {
  failed: 'dd000000000000000000000000000001',
  good: 'dd000000000000000000000000000002',
  broken: 'dd000000000000000000000000000003',
} as const;

/** The span of the failed checkout that throws. */
export const THROWING_SPAN = '0000000000000009';

const STACK = `PaymentDeclined: the bank did not answer within 400 ms
    at charge (/app/src/payments/charge.ts:81:13)
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)
    at async Layer.handle (/app/node_modules/router/lib/layer.js:152:17)
    at async checkout (/app/src/checkout.ts:44:19)`;

interface Step {
  readonly id: number;
  readonly parent: number;
  readonly service: string;
  readonly name: string;
  /** Milliseconds after the trace's start. */
  readonly at: number;
  readonly ms: number;
  readonly kind?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

const QUERY = {
  kind: 'client',
  more: { attributes: { db: { system: 'postgresql', statement: 'SELECT * FROM items WHERE sku = $1' } } },
} as const;

function checkout(isGood: boolean): readonly Step[] {
  const slow = isGood ? 1 : 2.4;
  const pay: Step = {
    id: 9,
    parent: 8,
    service: 'payments',
    name: 'charge card',
    at: 150 * slow,
    ms: 60 * slow,
    kind: 'internal',
    more: isGood ? {} : { status: 'error', statusMessage: 'the bank did not answer' },
  };
  const lookups = Array.from({ length: isGood ? 3 : 7 }, (_, index): Step => ({
    id: 20 + index,
    parent: 4,
    service: 'inventory',
    name: 'SELECT items',
    at: 30 + index * 9,
    ms: 7,
    ...QUERY,
  }));
  return [
    {
      id: 1,
      parent: 0,
      service: 'web',
      name: 'POST /checkout',
      at: 0,
      ms: 290 * slow,
      kind: 'server',
      more: {
        status: isGood ? 'ok' : 'error',
        attributes: { http: { request: { method: 'POST' }, response: { status_code: isGood ? 200 : 502 } }, 'user.tier': 'gold' },
      },
    },
    { id: 2, parent: 1, service: 'web', name: 'authenticate', at: 4, ms: 14, kind: 'internal' },
    { id: 3, parent: 1, service: 'checkout', name: 'place order', at: 22, ms: 250 * slow, kind: 'server' },
    { id: 4, parent: 3, service: 'inventory', name: 'reserve items', at: 28, ms: 80, kind: 'server' },
    ...lookups,
    { id: 5, parent: 3, service: 'cart', name: 'read cart', at: 26, ms: 40, kind: 'server' },
    { id: 6, parent: 5, service: 'redis', name: 'HGETALL', at: 30, ms: 3, kind: 'client' },
    { id: 8, parent: 3, service: 'payments', name: 'POST /charge', at: 120, ms: 120 * slow, kind: 'server' },
    pay,
    { id: 10, parent: 8, service: 'payments', name: 'fraud check', at: 124, ms: 18, kind: 'internal' },
    ...(isGood ? [{ id: 11, parent: 3, service: 'mail', name: 'send receipt', at: 245, ms: 25, kind: 'producer' }] : []),
  ];
}

function brokenSteps(): readonly Step[] {
  return [
    { id: 1, parent: 0, service: 'web', name: 'GET /report', at: 0, ms: 500, kind: 'client' },
    { id: 2, parent: 1, service: 'reports', name: 'render report', at: -90, ms: 300, kind: 'server' },
    { id: 3, parent: 99, service: 'worker', name: 'collect rows', at: 120, ms: 200, kind: 'consumer' },
  ];
}

function spanId(id: number): string {
  return String(id).padStart(16, '0');
}

function bodyOf(traceId: string, steps: readonly Step[], startMs: number): readonly object[] {
  return steps.map(({ id, parent, service, name, at, ms, kind = 'internal', more = {} }) => ({
    traceId,
    spanId: spanId(id),
    ...(parent === 0 ? {} : { parentSpanId: spanId(parent) }),
    name,
    service,
    kind,
    startTime: new Date(startMs + at).toISOString(),
    durationMs: ms,
    resource: { 'host.name': `${service}-1`, 'service.version': '1.4.2' },
    ...(traceId === DEMO_TRACES.failed && spanId(id) === THROWING_SPAN
      ? {
          events: [
            { name: 'retry', timestamp: new Date(startMs + at + 20).toISOString(), attributes: { attempt: 2 } },
            {
              name: 'exception',
              timestamp: new Date(startMs + at + ms).toISOString(),
              attributes: {
                'exception.type': 'PaymentDeclined',
                'exception.message': 'the bank did not answer within 400 ms',
                'exception.stacktrace': STACK,
              },
            },
          ],
          links: [{ traceId: DEMO_TRACES.good, spanId: spanId(9), attributes: { relation: 'earlier attempt' } }],
        }
      : {}),
    ...more,
  }));
}

/** Sends three traces and the logs of one, some minutes old. */
export async function sendDemoTraces(server: OrganizationAccess, nowMs: number): Promise<void> {
  const startMs = nowMs - 300_000;
  const spans = [
    ...bodyOf(DEMO_TRACES.failed, checkout(false), startMs),
    ...bodyOf(DEMO_TRACES.good, checkout(true), startMs - 60_000),
    ...bodyOf(DEMO_TRACES.broken, brokenSteps(), startMs - 30_000),
  ];
  const logs = [
    { id: 3, service: 'checkout', level: 'info', message: 'order 4711 begins' },
    { id: 9, service: 'payments', level: 'warn', message: 'the bank is slow, trying again' },
    { id: 9, service: 'payments', level: 'error', message: 'the card could not be charged' },
  ].map(({ id, ...log }, index) => ({
    ...log,
    timestamp: new Date(startMs + 200 + index * 100).toISOString(),
    traceId: DEMO_TRACES.failed,
    spanId: spanId(id),
  }));
  for (const answer of [await sendSigned(server.url, server, '/v1/traces', { spans }), await sendLogs(server.url, server, logs)]) {
    if (answer.status >= 300) {
      throw new Error(`it was refused: ${answer.status} ${await answer.text()}`);
    }
  }
}
