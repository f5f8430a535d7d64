// https://grafana.com/docs/loki/latest/reference/loki-http-api/#stream-log-messages
import type { LogQuery } from '@aegisguard/logql';
import type { TailedLog } from '@aegisguard/model';
import type { TailLine } from '../tail/tail-lines.ts';
import { labelsKey } from './labels-key.ts';

/** Loki's servers name no more dropped entries at a time either. */
const DROPPED_ENTRIES_MAX = 1000;

type Labels = Readonly<Record<string, string>>;

/** What a websocket of Loki's API carries. */
export interface LokiFrame {
  readonly streams: readonly { readonly stream: Labels; readonly values: readonly (readonly [string, string])[] }[];
  readonly dropped_entries?: readonly { readonly labels: Labels; readonly timestamp: string }[];
}

/** The frame of lines, in streams of equal labels, in the order of their times. An entry stands for every line that was dropped: of these there is no more known than what the query selects by, and when. */
export function lokiFrame(
  lines: readonly TailLine[],
  dropped: number,
  { matchers }: Pick<LogQuery, 'matchers'>,
  nowMs: number,
): LokiFrame {
  const streams = new Map<string, { stream: Labels; values: [string, string][] }>();
  const byTime = lines.toSorted((a, b) => Number(BigInt(a.timestamp) - BigInt(b.timestamp)));
  for (const { timestamp, json } of byTime) {
    const { labels, message, line = message } = JSON.parse(json) as TailedLog;
    const key = labelsKey(labels);
    const stream = streams.get(key) ?? { stream: labels, values: [] };
    streams.set(key, stream);
    stream.values.push([timestamp, line]);
  }
  const frame = { streams: [...streams.values()] };
  if (dropped === 0) {
    return frame;
  }
  const labels = Object.fromEntries(matchers.flatMap(({ name, op, value }) => (op === '=' ? [[name, value]] : [])));
  const entry = { labels, timestamp: `${nowMs}000000` };
  return { ...frame, dropped_entries: Array.from({ length: Math.min(dropped, DROPPED_ENTRIES_MAX) }, () => entry) };
}
