import type { LogContextAnswer, LogView } from '@aegisguard/model';
import { absoluteRange } from '../../../lib/time-range.ts';
import { timestampMs } from '../../../lib/timestamp.ts';
import { filterFor } from '../query/edit-query.ts';
import { lineOf } from '../table/line-of.ts';
import { DEFAULT_VIEW, type LogsView } from '../view/logs-view.ts';

/** What neighbours of a log can have in common with it. */
const NEIGHBOURHOODS = ['stream', 'service', 'host', 'trace'] as const;

/** One of them. */
export type Neighbourhood = (typeof NEIGHBOURHOODS)[number];

const LABELS: Readonly<Record<Neighbourhood, readonly string[] | undefined>> = {
  stream: undefined,
  service: ['service'],
  host: ['host'],
  trace: ['trace_id'],
};

/** The labels that neighbours share; undefined for those of the log's stream. */
export function neighbourLabels(neighbourhood: Neighbourhood): readonly string[] | undefined {
  return LABELS[neighbourhood];
}

/** What a log can have neighbours by: without a host there are none of the same host. */
export function neighbourhoodsOf(log: LogView): readonly Neighbourhood[] {
  return NEIGHBOURHOODS.filter((each) =>
    each === 'host' ? log.host !== undefined : each !== 'trace' || log.traceId !== undefined,
  );
}

/** A log and its neighbours whose text has what is looked for, in order of time; the log itself always stays. */
export function shownNeighbours({ before, log, after }: LogContextAnswer, text: string): readonly LogView[] {
  const wanted = text.trim().toLowerCase();
  const matches = (each: LogView): boolean => wanted === '' || lineOf(each).toLowerCase().includes(wanted);
  return [...before.filter(matches), log, ...after.filter(matches)];
}

/** Lines as a text file has them. */
export function linesAsText(logs: readonly LogView[]): string {
  return logs
    .map((log) => `${log.timestamp} ${log.level.toUpperCase().padEnd(5)} ${log.service} ${lineOf(log)}`)
    .join('\n');
}

/** On each side of a log whose time is looked at. */
const AROUND_MS = 5 * 60_000;

/** The explorer at a log's time, with the log open, among those that share labels with it. */
export function explorerAt(log: LogView, labels: Readonly<Record<string, string>>): Partial<LogsView> {
  const atMs = timestampMs(log.timestamp);
  const present = Object.entries(labels).filter(([, value]) => value !== '');
  const query = present.reduce((text, [name, value]) => filterFor(text, name, value), '');
  return {
    query,
    range: absoluteRange(atMs - AROUND_MS, atMs + AROUND_MS),
    row: { timestamp: log.timestamp, id: log.id },
    show: DEFAULT_VIEW.show,
    around: undefined,
  };
}
