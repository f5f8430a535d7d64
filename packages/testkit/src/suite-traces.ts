import { createHash } from 'node:crypto';

/** A span of a public corpus; ids are hexadecimal as OTLP wants them. */
export interface SuiteSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly service: string;
  readonly host: string;
  readonly kind: string;
  readonly startNanos: bigint;
  readonly durationNanos: bigint;
  readonly isError: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** OpenTracing's references other than to the parent as a child. */
  readonly links: readonly { readonly traceId: string; readonly spanId: string; readonly refType: string }[];
}

interface JaegerReference {
  readonly refType: string;
  readonly traceID?: string;
  readonly spanID: string;
}

interface JaegerSpan {
  readonly traceID?: string;
  readonly spanID: string;
  readonly operationName?: string;
  readonly references?: readonly JaegerReference[];
  readonly startTime: number;
  readonly duration: number;
  readonly tags?: readonly { readonly key: string; readonly value: unknown }[];
  readonly processID?: string;
}

interface JaegerTrace {
  readonly traceID?: string;
  readonly spans: readonly JaegerSpan[];
  readonly processes?: Readonly<Record<string, { readonly serviceName: string }>>;
}

interface ZipkinSpan {
  readonly traceId: string;
  readonly id: string;
  readonly parentId?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly timestamp?: number;
  readonly duration?: number;
  readonly localEndpoint?: { readonly serviceName?: string; readonly ipv4?: string };
  readonly tags?: Readonly<Record<string, string>>;
  readonly shared?: boolean;
}

/** The traces of a file of Jaeger's API (https://www.jaegertracing.io/docs/latest/architecture/apis/), whole answers and bare traces; CRISP's cases are such, too. */
export function jaegerTraces(json: unknown): SuiteSpan[][] {
  const { data } = json as { data?: unknown };
  const traces = (data === undefined ? [json] : Array.isArray(data) ? data : [data]) as JaegerTrace[];
  return traces.map((trace) => trace.spans.map((span) => jaegerSpan(trace, span)));
}

function jaegerSpan(trace: JaegerTrace, span: JaegerSpan): SuiteSpan {
  const attributes = Object.fromEntries((span.tags ?? []).map(({ key, value }) => [key, value]));
  const references = span.references ?? [];
  const parent = references.find(({ refType }) => refType === 'CHILD_OF') ?? references[0];
  const traceIdOf = (id: string | undefined) => hexId(id ?? trace.traceID ?? '', 32);
  return {
    traceId: traceIdOf(span.traceID),
    spanId: hexId(span.spanID, 16),
    parentSpanId: parent === undefined ? '' : hexId(parent.spanID, 16),
    name: span.operationName ?? '',
    service: trace.processes?.[span.processID ?? '']?.serviceName ?? 'unknown',
    host: '',
    kind: String(attributes['span.kind'] ?? ''),
    startNanos: BigInt(span.startTime) * 1000n,
    durationNanos: BigInt(span.duration) * 1000n,
    isError: attributes.error === true || attributes.error === 'true',
    attributes,
    links: references
      .filter((reference) => reference !== parent || reference.refType !== 'CHILD_OF')
      .map(({ traceID, spanID, refType }) => ({
        traceId: traceIdOf(traceID ?? span.traceID),
        spanId: hexId(spanID, 16),
        refType: refType.toLowerCase(),
      })),
  };
}

/**
 * The trace of a file of Zipkin's API (https://zipkin.io/zipkin-api/). Zipkin's client and server may share an id: the server's half becomes a child of the client's with an id of its own. Reports of the same half are one span; one without a time
 * begins with the trace.
 */
export function zipkinTrace(json: unknown): SuiteSpan[] {
  const reports = json as readonly ZipkinSpan[];
  const first = Math.min(...reports.map(({ timestamp }) => timestamp ?? Number.POSITIVE_INFINITY));
  const halves = new Map<string, ZipkinSpan>();
  for (const report of reports) {
    const key = `${report.id} ${report.kind === 'SERVER' || report.shared === true}`;
    halves.set(key, { ...report, ...halves.get(key) });
  }
  const serverOf = (id: string): ZipkinSpan | undefined =>
    halves.has(`${id} false`) ? halves.get(`${id} true`) : undefined;
  return [...halves.values()].map((span) => ({
    traceId: hexId(span.traceId, 32),
    spanId: serverOf(span.id) === span ? serversId(span.id) : hexId(span.id, 16),
    parentSpanId: parentOf(span, serverOf),
    name: span.name ?? '',
    service: serviceOf(span),
    host: span.localEndpoint?.ipv4 ?? '',
    kind: (span.kind ?? '').toLowerCase(),
    startNanos: BigInt(span.timestamp ?? first) * 1000n,
    durationNanos: BigInt(span.duration ?? 0) * 1000n,
    isError: span.tags?.error !== undefined,
    attributes: span.tags ?? {},
    links: [],
  }));
}

/** What happens at the server hangs on the server's half. */
function parentOf(span: ZipkinSpan, serverOf: (id: string) => ZipkinSpan | undefined): string {
  const { id, parentId = '' } = span;
  if (serverOf(id) === span) {
    return hexId(id, 16);
  }
  const server = serverOf(parentId);
  if (server !== undefined && serviceOf(server) === serviceOf(span)) {
    return serversId(parentId);
  }
  return parentId === '' ? '' : hexId(parentId, 16);
}

function serversId(id: string): string {
  return hexId(`server of ${id}`, 16);
}

function serviceOf({ localEndpoint }: ZipkinSpan): string {
  return localEndpoint?.serviceName ?? 'unknown';
}

/** Spans as a body of `POST /v1/traces`: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding. Times are moved by `shiftNanos`: corpora are older than what is kept. */
export function otlpOfSuite(spans: readonly SuiteSpan[], shiftNanos = 0n): { readonly resourceSpans: object[] } {
  return { resourceSpans: spans.map((span) => resourceSpansOf(span, shiftNanos)) };
}

function resourceSpansOf(span: SuiteSpan, shiftNanos: bigint): object {
  const resource = { 'service.name': span.service, ...(span.host === '' ? {} : { 'host.name': span.host }) };
  const start = span.startNanos + shiftNanos;
  const links = span.links.map(({ refType, ...link }) => ({
    ...link,
    attributes: keyValues({ 'opentracing.ref_type': refType }),
  }));
  const otlp = {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    name: span.name,
    kind: Math.max(0, ['', 'internal', 'server', 'client', 'producer', 'consumer'].indexOf(span.kind)),
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + span.durationNanos),
    attributes: keyValues(span.attributes),
    links,
    ...(span.isError ? { status: { code: 2 } } : {}),
  };
  return { resource: { attributes: keyValues(resource) }, scopeSpans: [{ spans: [otlp] }] };
}

function keyValues(attributes: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: String(value) } }));
}

/** Ids of corpora are of any length, or words: what is no hexadecimal id becomes one. */
function hexId(id: string, digits: number): string {
  return /^[0-9a-f]+$/i.test(id) && id.length <= digits && !/^0+$/.test(id)
    ? id.toLowerCase().padStart(digits, '0')
    : createHash('sha256').update(id).digest('hex').slice(0, digits);
}
