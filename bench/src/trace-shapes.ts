import { type JsonObject, type SpanEvent, type SpanKind, type SpanRecord, unixNanos } from '@aegisguard/model';
import { Random } from '@aegisguard/testkit';

/** Traces of a shop as OpenTelemetry's instrumentations send them: a call comes in, goes through services, and most ends in a database or a queue; 8 to 12 spans, a failure in fifty, with its exception. */
export class TraceShapes {
  readonly #random = new Random(20_261_128);
  #pending: SpanRecord[] = [];
  #traces = 0;

  /** The trace of a number. */
  static traceIdOf(number: number): string {
    return `${(number * 2_654_435_761 + 97).toString(16).padStart(16, 'b')}${number.toString(16).padStart(16, '0')}`;
  }

  /** Traces of that many spans have been made up to here, about. */
  static readonly SPANS_PER_TRACE = 10;

  /** So many spans of traces that start from a time on, `stepNanos` a span. */
  batch(startNanos: bigint, stepNanos: bigint, rows: number): SpanRecord[] {
    let at = startNanos;
    while (this.#pending.length < rows) {
      const trace = this.#trace(at);
      at += stepNanos * BigInt(trace.length);
      this.#pending.push(...trace);
    }
    return this.#pending.splice(0, rows).map((span, index) => ({ ...span, index }));
  }

  #trace(startNanos: bigint): SpanRecord[] {
    const random = this.#random;
    this.#traces += 1;
    const builder = new TraceBuilder(random, TraceShapes.traceIdOf(this.#traces), startNanos);
    const route = random.pick(ROUTES);
    const root = builder.add('frontend', undefined, {
      name: `${route.method} ${route.path}`,
      kind: 'server',
      attributes: httpServer(random, route),
      share: 1,
    });
    for (const service of route.calls) {
      const isFailing = random.below(50) === 0;
      const client = builder.add('frontend', root, {
        name: `${route.method}`,
        kind: 'client',
        attributes: { ...httpClient(route, service, isFailing), 'customer.id': `c-${random.below(200_000)}` },
        share: 0.8 / route.calls.length,
        isFailing,
      });
      const server = builder.add(service, client, {
        name: `${route.method} /${service}`,
        kind: 'server',
        attributes: httpServer(random, route, isFailing),
        share: 0.9,
        isFailing,
        events: isFailing ? [exception(random)] : [],
      });
      builder.add(service, server, { ...random.pick(ENDS)(random), share: 0.1 + random.below(70) / 100 });
    }
    return builder.spans;
  }
}

interface SpanShape {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: JsonObject;
  /** Of the parent's duration. */
  readonly share: number;
  readonly isFailing?: boolean;
  readonly events?: readonly Omit<SpanEvent, 'timestamp'>[];
}

class TraceBuilder {
  readonly spans: SpanRecord[] = [];
  readonly #random: Random;
  readonly #traceId: string;
  readonly #startNanos: bigint;

  constructor(random: Random, traceId: string, startNanos: bigint) {
    this.#random = random;
    this.#traceId = traceId;
    this.#startNanos = startNanos;
  }

  add(service: string, parent: SpanRecord | undefined, shape: SpanShape): SpanRecord {
    const random = this.#random;
    // Most are fast; one in a thousand takes seconds.
    const ofRoot = (5 + random.below(200)) * (random.below(1000) === 0 ? 50 : random.below(20) === 0 ? 6 : 1) * 1e6;
    const within = parent === undefined ? ofRoot : Number(parent.durationNanos);
    const startTime = unixNanos(
      (parent?.startTime ?? this.#startNanos) + BigInt(Math.floor(within * (parent === undefined ? 0 : 0.05))),
    );
    const span: SpanRecord = {
      ...EMPTY,
      ...(RESOURCES.get(service) ?? RESOURCES_OF_NONE),
      traceId: this.#traceId,
      spanId: random.hex(16),
      parentSpanId: parent?.spanId ?? '',
      name: shape.name,
      kind: shape.kind,
      service,
      startTime,
      durationNanos: BigInt(Math.floor(within * shape.share)),
      status: shape.isFailing === true ? 'error' : 'unset',
      attributes: shape.attributes,
      events: (shape.events ?? []).map((event) => ({ ...event, timestamp: startTime })),
    };
    this.spans.push(span);
    return span;
  }
}

const SCOPE = '@opentelemetry/instrumentation-http';
const EMPTY: Omit<SpanRecord, 'traceId' | 'spanId' | 'startTime'> = {
  parentSpanId: '',
  traceState: '',
  name: '',
  kind: 'internal',
  service: '',
  host: '',
  env: 'production',
  version: '2.14.1',
  durationNanos: 0n,
  status: 'unset',
  statusMessage: '',
  scopeName: SCOPE,
  scopeVersion: '0.57.1',
  attributes: {},
  resource: {},
  events: [],
  links: [],
  details: {},
  geo: {},
  userAgent: {},
  truncated: false,
  index: 0,
};

const SERVICES = [
  'frontend',
  'checkout',
  'payments',
  'catalog',
  'search',
  'cart',
  'shipping',
  'auth',
  'email',
] as const;

interface Resource {
  readonly host: string;
  readonly resource: JsonObject;
}

const RESOURCES = new Map<string, Resource>(SERVICES.map((service, number) => [service, resourceOf(service, number)]));
const RESOURCES_OF_NONE: Resource = { host: '', resource: {} };

function resourceOf(service: string, number: number): Resource {
  const host = `node-${number % 5}`;
  const resource = {
    'service.name': service,
    'service.version': '2.14.1',
    'deployment.environment': 'production',
    'host.name': host,
    'k8s.pod.name': `${service}-7d9f8b6c5-x2v${number}`,
    'telemetry.sdk.language': number % 3 === 0 ? 'nodejs' : 'java',
  };
  return { host, resource };
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly calls: readonly string[];
}

const ROUTES: readonly [Route, ...Route[]] = [
  { method: 'GET', path: '/api/products', calls: ['catalog', 'search'] },
  { method: 'GET', path: '/api/products/:id', calls: ['catalog', 'auth', 'cart'] },
  { method: 'POST', path: '/api/cart', calls: ['auth', 'cart', 'catalog'] },
  { method: 'POST', path: '/api/orders', calls: ['auth', 'checkout', 'payments', 'shipping'] },
  { method: 'GET', path: '/api/orders/:id', calls: ['auth', 'checkout', 'email'] },
];

function httpServer(random: Random, { method, path }: Route, isFailing = false): JsonObject {
  return {
    'http.request.method': method,
    'http.route': path,
    'http.response.status_code': isFailing ? 500 : random.pick([200, 200, 200, 200, 201, 204, 404] as const),
    'url.path': `${path.replace(':id', String(random.below(100_000)))}`,
    'url.scheme': 'https',
    'network.protocol.version': '1.1',
  };
}

function httpClient({ method }: Route, service: string, isFailing: boolean): JsonObject {
  return {
    'http.request.method': method,
    'http.response.status_code': isFailing ? 500 : 200,
    'server.address': service,
    'server.port': 8080,
  };
}

type End = (random: Random) => Omit<SpanShape, 'share'>;

const ENDS: readonly [End, ...End[]] = [
  (random) => ({
    name: 'SELECT shop.orders',
    kind: 'client',
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': 'shop',
      'db.operation.name': 'SELECT',
      'db.query.text': `SELECT * FROM orders WHERE id = $1 AND customer = $2 LIMIT ${random.below(100)}`,
      'server.address': 'postgres-primary',
    },
  }),
  () => ({
    name: 'GET',
    kind: 'client',
    attributes: { 'db.system.name': 'redis', 'db.query.text': 'GET ?', 'server.address': 'redis' },
  }),
  (random) => ({
    name: 'orders publish',
    kind: 'producer',
    attributes: {
      'messaging.system': 'kafka',
      'messaging.destination.name': 'orders',
      'messaging.kafka.offset': random.below(1_000_000),
    },
  }),
  () => ({ name: 'render', kind: 'internal', attributes: { 'thread.name': 'worker-1' } }),
];

function exception(random: Random): Omit<SpanEvent, 'timestamp'> {
  const line = random.below(900);
  return {
    name: 'exception',
    attributes: {
      'exception.type': 'TimeoutError',
      'exception.message': `upstream timed out after ${random.below(30_000)} ms`,
      'exception.stacktrace': Array.from(
        { length: 8 },
        (_, n) => `    at handler${n} (/srv/app/src/handler${n}.js:${line + n}:17)`,
      ).join('\n'),
    },
    droppedAttributesCount: 0,
  };
}
