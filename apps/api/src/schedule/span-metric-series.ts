import {
  bucketBelowMs,
  type DurationCounts,
  type GraphEdge,
  type Labels,
  type MetricMetadata,
  normalizeLabels,
  type SlowestSpan,
  type SpanFigures,
} from '@aegisguard/model';

// Names and labels are Tempo's: https://grafana.com/docs/tempo/latest/metrics-from-traces/span-metrics/ and https://grafana.com/docs/tempo/latest/metrics-from-traces/service_graphs/

const NANOS_PER_SECOND = 1e9;
/** Upper bounds of the classic histograms: 2 ms, doubled up to 16.384 s. Those of our buckets, so that counts are exact. */
const BOUNDS_MS = Array.from({ length: 14 }, (_, power) => 2 * 2 ** power);

/** The value of one series, with the labels that it has besides its name. */
interface Reading {
  readonly labels: Labels;
  readonly value: number;
  readonly exemplar?: { readonly labels: Labels; readonly value: number };
}

/** Series that begin together and are written all or none. */
export interface ReadingSet {
  /** Tells it from the others of its organization. */
  readonly key: string;
  /** The minute of its first span today, Unix ms. */
  readonly firstMs: number;
  readonly readings: readonly Reading[];
}

/** What the metrics are. */
export const SPAN_METRIC_METADATA: readonly MetricMetadata[] = [
  counter('traces_spanmetrics_calls_total', 'Spans'),
  histogram('traces_spanmetrics_latency', 'Durations of spans'),
  counter('traces_service_graph_request_total', 'Calls between two nodes'),
  counter('traces_service_graph_request_failed_total', 'Failed calls between two nodes'),
  histogram('traces_service_graph_request_client_seconds', 'Durations of calls as clients saw them'),
  histogram('traces_service_graph_request_server_seconds', 'Durations of calls as servers saw them'),
];

function counter(metric: string, help: string): MetricMetadata {
  return { metric, type: 'counter', unit: '', help: `${help}, made of traces. They begin anew at midnight UTC.` };
}

function histogram(metric: string, help: string): MetricMetadata {
  return {
    metric,
    type: 'histogram',
    unit: 's',
    help: `${help} in seconds, made of traces. They begin anew at midnight UTC.`,
  };
}

/** The series of spans of one service, name, kind and status. `recent` is the slowest of the last minutes. */
export function spanReadings(figures: SpanFigures, recent: SlowestSpan | undefined): ReadingSet {
  const { service = '', name = '', kind = 'unspecified', status = 'unset', calls, nanos, durations, firstMs } = figures;
  const labels = [
    ['service', service],
    ['span_name', name],
    ['span_kind', `SPAN_KIND_${kind.toUpperCase()}`],
    ['status_code', `STATUS_CODE_${status.toUpperCase()}`],
  ] as const;
  return {
    key: spanKey(figures),
    firstMs,
    readings: [
      reading('traces_spanmetrics_calls_total', labels, calls),
      ...histogramReadings('traces_spanmetrics_latency', labels, durations, nanos, recent),
    ],
  };
}

/** What tells sets of spans apart in metrics. */
export function spanKey({ service = '', name = '', kind = 'unspecified', status = 'unset' }: SpanFigures): string {
  return JSON.stringify(['span', service, name, kind, status]);
}

/** The series of an edge. */
export function edgeReadings(edge: Omit<GraphEdge, 'system' | 'destination'>, dayMs: number): ReadingSet {
  const { client, server, connectionType, calls, errors, clientSide, serverSide, slowest } = edge;
  const labels = [
    ['client', client.name],
    ['server', server.name],
    ['connection_type', connectionType === 'direct' ? '' : connectionType],
  ] as const;
  const side = (name: string, { nanos, durations }: GraphEdge['clientSide']) =>
    durations.counts.length === 0
      ? []
      : histogramReadings(`traces_service_graph_request_${name}_seconds`, labels, durations, nanos, slowest);
  return {
    key: edgeKey(edge),
    firstMs: dayMs,
    readings: [
      reading('traces_service_graph_request_total', labels, calls),
      reading('traces_service_graph_request_failed_total', labels, errors),
      ...side('client', clientSide),
      ...side('server', serverSide),
    ],
  };
}

/** How many series an edge has of whose durations no more is known than their sums. */
export function edgeSeriesCount({ clientSide, serverSide }: Pick<GraphEdge, 'clientSide' | 'serverSide'>): number {
  const sides = [clientSide, serverSide].filter(({ nanos }) => nanos > 0);
  // Each with its bounds, the infinite one, the count and the sum.
  return 2 + sides.length * (BOUNDS_MS.length + 3);
}

/** What tells edges apart in metrics. */
function edgeKey({ client, server, connectionType }: Pick<GraphEdge, 'client' | 'server' | 'connectionType'>): string {
  return JSON.stringify(['edge', client.name, server.name, connectionType]);
}

function reading(name: string, labels: readonly (readonly [string, string])[], value: number): Reading {
  return { labels: normalizeLabels([['__name__', name], ...labels]), value };
}

function histogramReadings(
  name: string,
  labels: readonly (readonly [string, string])[],
  durations: DurationCounts = { buckets: [], counts: [] },
  nanos: number,
  slow: SlowestSpan | undefined,
): Reading[] {
  const seconds = slow === undefined ? 0 : slow.nanos / NANOS_PER_SECOND;
  const exemplarAt = slow === undefined ? -1 : BOUNDS_MS.findIndex((boundMs) => seconds * 1000 <= boundMs);
  const place = exemplarAt === -1 ? BOUNDS_MS.length : exemplarAt;
  const counts = [...BOUNDS_MS.map((boundMs) => countUpTo(durations, bucketBelowMs(boundMs))), total(durations)];
  const buckets = counts.map((count, at): Reading => {
    const boundMs = BOUNDS_MS[at];
    const le = boundMs === undefined ? '+Inf' : String(boundMs / 1000);
    const one = reading(`${name}_bucket`, [...labels, ['le', le]], count);
    return slow === undefined || at !== place
      ? one
      : {
          ...one,
          exemplar: {
            labels: normalizeLabels([
              ['span_id', slow.spanId],
              ['trace_id', slow.traceId],
            ]),
            value: seconds,
          },
        };
  });
  return [
    ...buckets,
    reading(`${name}_count`, labels, total(durations)),
    reading(`${name}_sum`, labels, nanos / NANOS_PER_SECOND),
  ];
}

function countUpTo({ buckets, counts }: DurationCounts, last: number): number {
  return buckets.reduce((sum, bucket, at) => sum + (bucket <= last ? (counts[at] ?? 0) : 0), 0);
}

function total({ counts }: DurationCounts): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
