// https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-at-a-single-point-in-time
import type { FoundLog, Matrix, MatrixSeries } from '@aegisguard/logql';
import type { LabelValues, QueryStats } from '@aegisguard/model';
import { arrayJson } from '../array-json.ts';
import { prometheusNumber } from '../metrics/prometheus-number.ts';
import { labelsKey } from './labels-key.ts';

/** A client that sends this in `X-Loki-Response-Encoding-Flags` gets structured metadata and parsed labels beside each line instead of among the stream's. */
export const CATEGORIZE = 'categorize-labels';

/** What the answer to a query took. */
export interface AnswerCost {
  readonly stats: QueryStats;
  readonly elapsedMs: number;
}

type Point = MatrixSeries['points'][number];

const pointJson = ([unixSeconds, value]: Point): string => `[${unixSeconds},"${prometheusNumber(value)}"]`;

/** The answer of an instant query. */
export async function vectorJson({ series, isScalar }: Matrix, cost: AnswerCost): Promise<string> {
  if (isScalar) {
    return dataJson('scalar', pointJson(series[0]?.points[0] ?? [0, Number.NaN]), cost, series.length);
  }
  const withPoints = series.flatMap(({ labels, points: [point] }) => (point === undefined ? [] : [{ labels, point }]));
  const result = await arrayJson(
    withPoints,
    ({ labels, point }) => `{"metric":${JSON.stringify(labels)},"value":${pointJson(point)}}`,
  );
  return dataJson('vector', result, cost, withPoints.length);
}

/** The answer of a metric query over a range. */
export async function matrixJson({ series }: Matrix, cost: AnswerCost): Promise<string> {
  const result = await arrayJson(
    series,
    ({ labels, points }) => `{"metric":${JSON.stringify(labels)},"values":[${points.map(pointJson).join(',')}]}`,
  );
  return dataJson('matrix', result, cost, series.length);
}

/** Logs of equal labels, in their order. */
interface Stream {
  readonly labels: LabelValues;
  readonly lines: FoundLog[];
}

/** The answer of a log query: logs by their labels. */
export async function streamsJson(
  found: readonly FoundLog[],
  cost: AnswerCost,
  isCategorized: boolean,
): Promise<string> {
  const streams = new Map<string, Stream>();
  for (const log of found) {
    const labels = isCategorized ? log.categories.stream : log.labels;
    const key = labelsKey(labels);
    const stream = streams.get(key);
    if (stream === undefined) {
      streams.set(key, { labels, lines: [log] });
    } else {
      stream.lines.push(log);
    }
  }
  const ordered = [...streams].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, stream]) => stream);
  const result = await arrayJson(
    ordered,
    ({ labels, lines }) =>
      `{"stream":${JSON.stringify(labels)},"values":[${lines.map((log) => lineJson(log, isCategorized)).join(',')}]}`,
  );
  const flags = isCategorized ? `,"encodingFlags":["${CATEGORIZE}"]` : '';
  return dataJson('streams', result, cost, found.length, flags);
}

function lineJson({ log, line, categories }: FoundLog, isCategorized: boolean): string {
  const beginning = `["${log.position.timestamp}",${JSON.stringify(line)}`;
  if (!isCategorized) {
    return `${beginning}]`;
  }
  const { metadata, parsed } = categories;
  const members = [
    ...(isEmpty(metadata) ? [] : [`"structuredMetadata":${JSON.stringify(metadata)}`]),
    ...(isEmpty(parsed) ? [] : [`"parsed":${JSON.stringify(parsed)}`]),
  ];
  return `${beginning},{${members.join(',')}}]`;
}

function isEmpty(labels: LabelValues): boolean {
  return Object.keys(labels).length === 0;
}

function dataJson(resultType: string, result: string, cost: AnswerCost, entries: number, more = ''): string {
  return `{"status":"success","data":{"resultType":"${resultType}","result":${result}${more},"stats":${statsJson(cost, entries)}}}`;
}

/** The part of Loki's statistics that Grafana shows. */
function statsJson({ stats, elapsedMs }: AnswerCost, entries: number): string {
  const seconds = elapsedMs / 1000;
  const perSecond = (amount: number): number => (seconds > 0 ? Math.round(amount / seconds) : 0);
  return JSON.stringify({
    summary: {
      bytesProcessedPerSecond: perSecond(stats.bytesRead),
      linesProcessedPerSecond: perSecond(stats.rowsRead),
      totalBytesProcessed: stats.bytesRead,
      totalLinesProcessed: stats.rowsRead,
      execTime: seconds,
      queueTime: 0,
      subqueries: 0,
      totalEntriesReturned: entries,
    },
  });
}
