import { Random } from './random.ts';

const SERVICES = ['gateway', 'checkout', 'cart', 'pricing', 'stock', 'payment', 'mail', 'search', 'users'] as const;
const OPERATIONS = [
  'GET /items/{id}',
  'POST /orders',
  'SELECT orders',
  'render',
  'cache.get',
  'publish order',
] as const;
const [INTERNAL, SERVER, CLIENT] = [1, 2, 3] as const;
const ERROR = { code: 2, message: 'deadline exceeded' };
const ROOT_NANOS = 60_000_000_000n;
/** Of an OTLP body: about 2 MB. */
const SPANS_PER_BODY = 4_000;

/** Which trace is made. */
export interface LargeTraceWish {
  readonly spanCount: number;
  /** The same seed makes the same trace, but for its start. */
  readonly seed?: number;
  readonly startMs: number;
}

/** A trace, and the bodies of `POST /v1/traces` (OTLP as JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding) that bring it. */
export interface LargeTrace {
  readonly traceId: string;
  readonly rootSpanId: string;
  readonly bodies: readonly object[];
}

interface Made {
  readonly spanId: string;
  readonly service: number;
  readonly kind: number;
  readonly start: bigint;
  readonly duration: bigint;
}

/** Makes one trace: any span may be another's parent, so that it is wide at the top and some thirty spans deep. Every span lies in its parent; one of a hundred failed. */
export function makeLargeTrace({ spanCount, seed = 1, startMs }: LargeTraceWish): LargeTrace {
  const random = new Random(seed);
  const traceId = random.hex(32);
  const root: Made = {
    spanId: random.hex(16),
    service: 0,
    kind: SERVER,
    start: BigInt(startMs) * 1_000_000n,
    duration: ROOT_NANOS,
  };
  const made: Made[] = [root];
  const byService = new Map<number, object[]>();
  const bodies: object[] = [];
  const add = (span: Made, parent: Made | undefined): void => {
    const spans = byService.get(span.service) ?? [];
    spans.push(otlpSpan(random, traceId, span, parent));
    byService.set(span.service, spans);
  };
  add(root, undefined);
  for (let number = 1; number < spanCount; number += 1) {
    const parent = made[random.below(number)] ?? root;
    const span = childOf(random, parent);
    made.push(span);
    add(span, parent);
    if (number % SPANS_PER_BODY === 0) {
      bodies.push(otlpBody(byService));
      byService.clear();
    }
  }
  bodies.push(otlpBody(byService));
  return { traceId, rootSpanId: root.spanId, bodies };
}

/** What a client calls is another service's; anything else stays in its own. */
function childOf(random: Random, parent: Made): Made {
  const isCalled = parent.kind === CLIENT;
  const duration = partOf(parent.duration, 10 + random.below(80));
  return {
    spanId: random.hex(16),
    service: isCalled ? (parent.service + 1 + random.below(SERVICES.length - 1)) % SERVICES.length : parent.service,
    kind: isCalled ? SERVER : random.pick([INTERNAL, CLIENT]),
    start: parent.start + partOf(parent.duration - duration, random.below(101)),
    duration,
  };
}

function partOf(nanos: bigint, percent: number): bigint {
  return (nanos * BigInt(percent)) / 100n;
}

function otlpSpan(random: Random, traceId: string, span: Made, parent: Made | undefined): object {
  const failed = random.below(100) === 0;
  const end = span.start + span.duration;
  const attributes = [
    { key: 'http.response.status_code', value: { intValue: failed ? 504 : 200 } },
    { key: 'user.id', value: { stringValue: random.hex(8) } },
    { key: 'thread.name', value: { stringValue: `worker-${random.below(16)}` } },
  ];
  const exception = {
    name: 'exception',
    timeUnixNano: String(end),
    attributes: [{ key: 'exception.type', value: { stringValue: 'TimeoutError' } }],
  };
  return {
    traceId,
    spanId: span.spanId,
    ...(parent === undefined ? {} : { parentSpanId: parent.spanId }),
    name: random.pick(OPERATIONS),
    kind: span.kind,
    startTimeUnixNano: String(span.start),
    endTimeUnixNano: String(end),
    attributes,
    ...(failed ? { status: ERROR, events: [exception] } : {}),
  };
}

function otlpBody(byService: ReadonlyMap<number, readonly object[]>): object {
  const resourceSpans = [...byService].map(([service, spans]) => ({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: SERVICES[service] ?? '' } }] },
    scopeSpans: [{ spans }],
  }));
  return { resourceSpans };
}
