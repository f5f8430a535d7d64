// https://opentelemetry.io/docs/specs/otlp/ and opentelemetry/proto/trace/v1/trace.proto
import { Random } from '@aegisguard/testkit';
import { ProtoWriter } from './proto-writer.ts';

const SERVICES = ['frontend', 'checkout', 'payments', 'catalog', 'search', 'cart', 'shipping', 'auth'] as const;
const OPERATIONS = ['GET /api/orders', 'POST /api/orders', 'GET /api/products', 'SELECT orders', 'publish'] as const;
const KINDS = ['server', 'client', 'internal', 'producer'] as const;
/** opentelemetry.proto.trace.v1.Span.SpanKind */
const KIND_NUMBERS = { internal: 1, server: 2, client: 3, producer: 4 } as const;
const STATUSES = [200, 200, 200, 200, 201, 204, 404, 500] as const;
/** So many spans are a trace. */
const TRACE_SPANS = 8;

/** A span of a shop's services, as both protocols write it. */
interface GeneratedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly service: string;
  readonly kind: (typeof KINDS)[number];
  readonly startMs: number;
  readonly durationMs: number;
  readonly status: number;
  readonly customer: string;
}

/** Bodies of one protocol, and a trace that is in the last of them, with its number of spans. */
export interface SpanLoad {
  readonly bodies: readonly Buffer[];
  readonly lastTraceId: string;
  readonly lastTraceSpans: number;
}

/** Spans in traces of eight, ascending in time up to `endMs`. */
class SpanSource {
  private readonly random = new Random(20_261_126);
  private traceId = '';
  private parents: string[] = [];
  private timeMs: number;
  private readonly stepMs: number;

  constructor(startMs: number, stepMs: number) {
    this.timeMs = startMs;
    this.stepMs = stepMs;
  }

  next(): GeneratedSpan {
    const { random } = this;
    if (this.parents.length === 0 || this.parents.length === TRACE_SPANS) {
      this.traceId = random.hex(32);
      this.parents = [];
    }
    const spanId = random.hex(16);
    const parentSpanId = this.parents.length === 0 ? '' : (this.parents[random.below(this.parents.length)] ?? '');
    this.parents.push(spanId);
    this.timeMs += this.stepMs;
    return {
      traceId: this.traceId,
      spanId,
      parentSpanId,
      name: random.pick(OPERATIONS),
      service: random.pick(SERVICES),
      kind: random.pick(KINDS),
      startMs: this.timeMs,
      durationMs: random.below(40_000) / 100,
      status: random.pick(STATUSES),
      customer: `c-${random.below(20_000)}`,
    };
  }
}

function load(
  batches: number,
  batchSpans: number,
  span: { readonly endMs: number; readonly spanMs: number },
  encode: (spans: readonly GeneratedSpan[]) => Buffer,
): SpanLoad {
  const source = new SpanSource(span.endMs - span.spanMs, span.spanMs / (batches * batchSpans));
  let last: readonly GeneratedSpan[] = [];
  const bodies = Array.from({ length: batches }, () => {
    last = Array.from({ length: batchSpans }, () => source.next());
    return encode(last);
  });
  const lastTraceId = last.at(-1)?.traceId ?? '';
  return { bodies, lastTraceId, lastTraceSpans: last.filter(({ traceId }) => traceId === lastTraceId).length };
}

/** Bodies of native `POST /v1/traces`. */
export function nativeSpanLoad(
  batches: number,
  batchSpans: number,
  span: { readonly endMs: number; readonly spanMs: number },
): SpanLoad {
  return load(batches, batchSpans, span, (spans) =>
    Buffer.from(
      JSON.stringify({
        spans: spans.map(({ startMs, customer, status, parentSpanId, ...rest }) => ({
          ...rest,
          ...(parentSpanId === '' ? {} : { parentSpanId }),
          status: status >= 500 ? 'error' : 'unset',
          startTime: new Date(startMs).toISOString(),
          attributes: { http: { method: 'GET', status }, customerId: customer, region: 'eu-west-1' },
        })),
      }),
    ),
  );
}

/** Bodies of OTLP in protocol buffers, a resource for each service. */
export function otlpSpanLoad(
  batches: number,
  batchSpans: number,
  span: { readonly endMs: number; readonly spanMs: number },
): SpanLoad {
  const encoder = new OtlpSpanEncoder();
  return load(batches, batchSpans, span, (spans) => encoder.encode(spans));
}

class OtlpSpanEncoder {
  private readonly value = new ProtoWriter();
  private readonly attribute = new ProtoWriter();
  private readonly span = new ProtoWriter();
  private readonly scopeSpans = new ProtoWriter();
  private readonly resourceSpans = new ProtoWriter();
  private readonly request = new ProtoWriter();
  private readonly scope = new ProtoWriter().text(1, '@opentelemetry/instrumentation-http').text(2, '0.57.1').take();

  encode(spans: readonly GeneratedSpan[]): Buffer {
    for (const service of SERVICES) {
      this.scopeSpans.delimited(1, this.scope);
      for (const span of spans) {
        if (span.service === service) {
          this.scopeSpans.delimited(2, this.spanOf(span));
        }
      }
      const resource = new ProtoWriter()
        .delimited(1, this.textAttribute('service.name', service))
        .delimited(1, this.textAttribute('deployment.environment', 'production'))
        .take();
      this.resourceSpans.delimited(1, resource).delimited(2, this.scopeSpans.take());
      this.request.delimited(1, this.resourceSpans.take());
    }
    return this.request.take();
  }

  private spanOf(span: GeneratedSpan): Buffer {
    const startNanos = BigInt(Math.round(span.startMs * 1000)) * 1000n;
    const endNanos = startNanos + BigInt(Math.round(span.durationMs * 1e6));
    this.span.delimited(1, Buffer.from(span.traceId, 'hex')).delimited(2, Buffer.from(span.spanId, 'hex'));
    if (span.parentSpanId !== '') {
      this.span.delimited(4, Buffer.from(span.parentSpanId, 'hex'));
    }
    this.span.text(5, span.name).varint(6, KIND_NUMBERS[span.kind]).fixed64(7, startNanos).fixed64(8, endNanos);
    this.span.delimited(9, this.textAttribute('http.request.method', 'GET'));
    this.span.delimited(9, this.numberAttribute('http.response.status_code', span.status));
    this.span.delimited(9, this.textAttribute('customer.id', span.customer));
    this.span.delimited(9, this.textAttribute('cloud.region', 'eu-west-1'));
    if (span.status >= 500) {
      this.span.delimited(15, this.value.varint(3, 2).take());
    }
    return this.span.take();
  }

  private textAttribute(key: string, value: string): Buffer {
    return this.attribute.text(1, key).delimited(2, this.value.text(1, value).take()).take();
  }

  private numberAttribute(key: string, value: number): Buffer {
    return this.attribute.text(1, key).delimited(2, this.value.varint(3, value).take()).take();
  }
}
