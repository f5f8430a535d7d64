import { type OrganizationAccess, sendSigned } from '@aegisguard/testkit';

/** Samples lie so far apart, as scraped. */
const STEP_MS = 15_000;
const BOUNDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5] as const;
/** How many requests took at most as long as each bound. */
const SHARES = [0.2, 0.45, 0.8, 0.93, 0.985, 1] as const;
const SERVICES = ['checkout', 'payments', 'search'] as const;
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

interface NativeMetric {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly timestamp: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

/** What one service counts at one time; `step` grows by one with each scrape. */
function metricsAt(service: string, place: number, step: number, timestamp: number): NativeMetric[] {
  const requests = ['GET', 'POST'].flatMap((method) =>
    ['200', '500'].map((status) => ({
      name: 'http_requests_total',
      type: 'counter' as const,
      description: 'Requests that were answered.',
      timestamp,
      labels: { service, method, status, instance: `${service}-1:9090` },
      value: Math.round(
        (step * (90 + place * 60) + 700 * Math.sin(step / 12 + place)) *
          (status === '500' ? 0.05 : 1) *
          (method === 'GET' ? 3 : 1) +
          2000,
      ),
    })),
  );
  const count = step * 40;
  return [
    ...requests,
    {
      name: 'http_request_duration_seconds',
      type: 'histogram',
      unit: 'seconds',
      description: 'How long requests took.',
      timestamp,
      labels: { service },
      buckets: Object.fromEntries(
        BOUNDS.map((bound, index) => [String(bound), Math.round(count * (SHARES[index] ?? 1) ** (1 + place / 3))]),
      ),
      count,
      sum: count * (0.2 + place / 10),
      exemplar: { value: 0.4 + place / 2, timestamp, labels: { trace_id: TRACE_ID } },
    },
    {
      name: 'process_resident_memory_bytes',
      type: 'gauge',
      unit: 'bytes',
      description: 'Memory that the process holds.',
      timestamp,
      labels: { service, instance: `${service}-1:9090` },
      value: (180 + 40 * place + 12 * Math.sin(step / 14)) * 2 ** 20,
    },
    { name: 'up', type: 'gauge', timestamp, labels: { service, instance: `${service}-1:9090` }, value: 1 },
  ];
}

/** An exponential histogram of OTLP, which is stored as a native one: https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram */
function nativeHistograms(times: readonly number[]): object {
  const dataPoints = times.map((timestamp, step) => ({
    startTimeUnixNano: String(BigInt(times[0] ?? 0) * 1_000_000n),
    timeUnixNano: String(BigInt(timestamp) * 1_000_000n),
    count: String((step + 1) * 60),
    sum: (step + 1) * 30,
    scale: 1,
    zeroCount: '0',
    positive: { offset: -8, bucketCounts: [1, 3, 8, 14, 16, 10, 6, 2].map((each) => String(each * (step + 1))) },
    attributes: [{ key: 'queue', value: { stringValue: 'mail' } }],
  }));
  const metric = {
    name: 'job_duration_seconds',
    description: 'How long jobs took.',
    unit: 's',
    exponentialHistogram: { aggregationTemporality: 2, dataPoints },
  };
  return {
    resourceMetrics: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'worker' } }] },
        scopeMetrics: [{ metrics: [metric] }],
      },
    ],
  };
}

/** Sends what three services and a worker would have sent in the last `minutes`. */
export async function sendDemoMetrics(server: OrganizationAccess, nowMs: number, minutes: number): Promise<void> {
  const end = Math.floor(nowMs / STEP_MS) * STEP_MS;
  const times = Array.from({ length: minutes * 4 }, (_, index) => end - (minutes * 4 - 1 - index) * STEP_MS);
  const bodies: object[] = [nativeHistograms(times)];
  for (let from = 0; from < times.length; from += 60) {
    const metrics = times
      .slice(from, from + 60)
      .flatMap((ms, index) => SERVICES.flatMap((service, place) => metricsAt(service, place, from + index, ms)));
    bodies.push({ metrics });
  }
  for (const body of bodies) {
    const answer = await sendSigned(server.url, server, '/v1/metrics', body);
    if (answer.status >= 300) {
      throw new Error(`the metrics were refused: ${answer.status} ${await answer.text()}`);
    }
  }
}
