import { createApiKey, signHeaders } from '@aegisguard/testkit';
import { bearer, benchIngest } from './ingest-load.ts';
import { rumLoad } from './rum-generator.ts';
import { BENCH_METRIC, remoteWriteLoad } from './sample-generator.ts';
import { nativeSpanLoad, otlpSpanLoad, type SpanLoad } from './span-generator.ts';
import type { BenchRow } from './table.ts';

const SPAN_MS = 3_600_000;
const BATCH_SPANS = 500;
const SERIES = 10_000;
const REQUEST_SAMPLES = 2000;
const BATCH_EVENTS = 1000;

/** Spans: native JSON, signed, in the largest batches; and OTLP in protocol buffers with a token. */
export async function benchSpans(thousands: number): Promise<BenchRow[]> {
  const batches = Math.max(1, Math.round((thousands * 1000) / BATCH_SPANS));
  const records = batches * BATCH_SPANS;
  const common = { signal: 'traces', path: '/v1/traces', records } as const;
  const span = () => ({ endMs: Date.now() - 1000, spanMs: SPAN_MS });
  const isReadable =
    ({ lastTraceId, lastTraceSpans }: SpanLoad) =>
    async (api: { get(path: string): Promise<Response> }) => {
      const answer = await api.get(`/query/traces/${lastTraceId}`);
      return answer.ok && ((await answer.json()) as { spanCount: number }).spanCount >= lastTraceSpans;
    };
  const native = await benchIngest(async (server) => {
    const load = nativeSpanLoad(batches, BATCH_SPANS, span());
    const headers = (body: Buffer) => ({
      'content-type': 'application/json',
      ...signHeaders(server, body, Date.now()),
    });
    return { name: 'spans, native', ...common, bodies: load.bodies, headers, isReadable: isReadable(load) };
  });
  const otlp = await benchIngest(async (server) => {
    const load = otlpSpanLoad(batches, BATCH_SPANS, span());
    const token = bearer(await createApiKey(server, 'token', { name: 'bench' }));
    const headers = () => ({ ...token, 'content-type': 'application/x-protobuf' });
    return { name: 'spans, OTLP protobuf', ...common, bodies: load.bodies, headers, isReadable: isReadable(load) };
  });
  return [...native, ...otlp];
}

/** Samples of 10,000 series by remote write 1.0 with a token. */
export function benchSamples(thousands: number): Promise<BenchRow[]> {
  const rounds = Math.max(1, Math.round((thousands * 1000) / SERIES));
  const endMs = Date.now() - 1000;
  return benchIngest(async (server) => {
    const bodies = await remoteWriteLoad({ seriesCount: SERIES, rounds, requestSamples: REQUEST_SAMPLES, endMs });
    const token = bearer(await createApiKey(server, 'token', { name: 'bench' }));
    return {
      name: 'samples, remote write',
      signal: 'metrics',
      path: '/api/v1/write',
      records: rounds * SERIES,
      bodies,
      headers: () => ({
        ...token,
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
      }),
      isReadable: async (client) => {
        const answer = await client.post('/query/metrics', { query: BENCH_METRIC, time: String(endMs) });
        const body = (await answer.json()) as {
          data?: { result: readonly { readonly value: readonly [number, string] }[] };
        };
        // Every fourth series has this metric; the last round's values are the largest.
        const result = body.data?.result ?? [];
        return result.length === SERIES / 4 && result.every(({ value }) => Number(value[1]) >= (rounds - 1) * 7);
      },
    };
  });
}

/** RUM events, signed, in the largest batches. */
export function benchRum(thousands: number): Promise<BenchRow[]> {
  const batches = Math.max(1, Math.round((thousands * 1000) / BATCH_EVENTS));
  return benchIngest(async (server) => {
    const { bodies, lastSessionId } = rumLoad(batches, BATCH_EVENTS, { endMs: Date.now() - 1000, spanMs: SPAN_MS });
    return {
      name: 'RUM events',
      signal: 'rum',
      path: '/v1/rum',
      records: batches * BATCH_EVENTS,
      bodies,
      headers: (body) => ({ 'content-type': 'application/json', ...signHeaders(server, body, Date.now()) }),
      isReadable: async (api) => {
        const answer = await api.get(`/query/rum/sessions/${lastSessionId}`);
        return answer.ok && ((await answer.json()) as { events: unknown[] }).events.length === BATCH_EVENTS;
      },
    };
  });
}
