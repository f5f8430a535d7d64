import {
  formatRfc3339Nanos,
  type OrgId,
  type QueryBounds,
  type ServiceReader,
  SPAN_KINDS,
  type SpanPercentileAnswer,
  totalStats,
  unixNanos,
} from '@aegisguard/model';
import type { ReadTrace } from './trace-reading.ts';

const NANOS_PER_MS = 1e6;
const HOUR_NANOS = 3_600_000_000_000n;

/** Where a span's duration stands among those of its service, name and kind in the hour in which it began, the one before and the one after. */
export async function spanPercentile(
  reader: ServiceReader,
  orgId: OrgId,
  { trace: { columns }, stats }: ReadTrace,
  index: number,
  bounds: QueryBounds,
): Promise<SpanPercentileAnswer> {
  const startTime = columns.startTimes[index] ?? 0n;
  const hour = startTime - (startTime % HOUR_NANOS);
  const [start, end] = [unixNanos(hour - HOUR_NANOS), unixNanos(hour + 2n * HOUR_NANOS)];
  const duration = columns.durations[index] ?? 0;
  const peers = await reader.durationPeers(
    orgId,
    {
      service: columns.services[index] ?? '',
      name: columns.names[index] ?? '',
      kind: SPAN_KINDS[columns.kinds[index] ?? 0] ?? 'unspecified',
      durationNanos: BigInt(duration),
      start,
      end,
    },
    bounds,
  );
  const ms = (nanos: number | null): number => (nanos ?? duration) / NANOS_PER_MS;
  return {
    durationMs: ms(duration),
    percentile: (100 * peers.countNotAbove) / Math.max(1, peers.count),
    peers: peers.count,
    p50Ms: ms(peers.p50),
    p90Ms: ms(peers.p90),
    p99Ms: ms(peers.p99),
    start: formatRfc3339Nanos(start),
    end: formatRfc3339Nanos(end),
    stats: totalStats([stats, peers.stats]),
  };
}
