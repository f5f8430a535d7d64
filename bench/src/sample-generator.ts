// https://prometheus.io/docs/specs/prw/remote_write_spec/
import { compress } from 'snappy';
import { ProtoWriter } from './proto-writer.ts';

/** A metric that the load writes. */
export const BENCH_METRIC = 'bench_http_requests_total';

const METRICS = [BENCH_METRIC, 'bench_process_cpu_seconds_total', 'bench_memory_bytes', 'bench_queue_depth'] as const;
const SCRAPE_MS = 15_000;

/** Bodies of remote write 1.0, snappy and all: each series has a sample every 15 s, the last at `endMs`. */
export async function remoteWriteLoad(options: {
  readonly seriesCount: number;
  readonly rounds: number;
  readonly requestSamples: number;
  readonly endMs: number;
}): Promise<Buffer[]> {
  const { seriesCount, rounds, requestSamples, endMs } = options;
  const labelSets = Array.from({ length: seriesCount }, (_, series) => labelsOf(series));
  const writers = { request: new ProtoWriter(), series: new ProtoWriter(), sample: new ProtoWriter() };
  const bodies: Buffer[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const timestampMs = endMs - (rounds - 1 - round) * SCRAPE_MS;
    for (let first = 0; first < seriesCount; first += requestSamples) {
      for (let series = first; series < Math.min(seriesCount, first + requestSamples); series += 1) {
        const sample = writers.sample
          .double(1, round * 7 + (series % 13))
          .varint(2, timestampMs)
          .take();
        for (const label of labelSets[series] ?? []) {
          writers.series.delimited(1, label);
        }
        writers.request.delimited(1, writers.series.delimited(2, sample).take());
      }
      bodies.push(await compress(writers.request.take()));
    }
  }
  return bodies;
}

/** A tenth of the series' labels tells instances apart, as scraped fleets have it. Sorted by name, as the protocol demands. */
function labelsOf(series: number): Buffer[] {
  const writer = new ProtoWriter();
  const labels = [
    ['__name__', METRICS[series % METRICS.length] ?? BENCH_METRIC],
    ['handler', `/api/v1/resource-${Math.floor(series / METRICS.length) % 10}`],
    ['instance', `10.0.${Math.floor(series / 400) % 256}.${Math.floor(series / 40) % 10}:9090`],
    ['job', 'bench'],
    ['method', 'GET'],
    ['series', String(series)],
  ] as const;
  return labels.map(([name, value]) => writer.text(1, name).text(2, value).take());
}
