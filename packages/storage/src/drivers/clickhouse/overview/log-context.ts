import {
  type LabelValues,
  type LogContext,
  type LogContextQuery,
  type LogDirection,
  type LogPage,
  type LogSearch,
  labelValue,
  logLabels,
  type StoredLog,
  totalStats,
  unixNanos,
} from '@aegisguard/model';

/** Logs around a log: one that is found by its position, then pages of its stream from there on. */
export async function logContext(
  search: (search: LogSearch) => Promise<LogPage>,
  { position, before, after, by, start, end }: LogContextQuery,
): Promise<LogContext> {
  const { timestamp, index } = position;
  const found = await search({
    start: timestamp,
    end: unixNanos(timestamp + 1n),
    matchers: [],
    lineFilters: [],
    limit: 1,
    direction: 'backward',
    // The last one before the next place.
    after: { ...position, index: index + 1 },
  });
  const log = found.logs.find((one) => one.position.batchId === position.batchId && one.position.index === index);
  if (log === undefined) {
    return { log, shared: {}, before: [], after: [], stats: found.stats };
  }
  const shared = by === undefined ? streamLabels(log) : labelsNamed(log, by);
  const matchers = Object.entries(shared).map(([name, value]) => ({ name, op: '=' as const, value }));
  const side = async (limit: number, direction: LogDirection): Promise<LogPage> =>
    limit === 0
      ? { logs: [], stats: totalStats([]) }
      : await search({ start, end, matchers, lineFilters: [], limit, direction, after: position });
  const older = await side(before, 'backward');
  const newer = await side(after, 'forward');
  return {
    log,
    shared,
    before: [...older.logs].reverse(),
    after: newer.logs,
    stats: totalStats([found.stats, older.stats, newer.stats]),
  };
}

/** The stream that a log belongs to, whatever its level. Its service comes first in the table's order, so every stream is looked for by it. */
function streamLabels(log: StoredLog): LabelValues {
  const { stream, isPushed } = logLabels(log);
  const { service, host, env } = log;
  const labels = isPushed ? { ...stream, service } : { service, host, env };
  return Object.fromEntries(
    Object.entries(labels).filter(([name]) => name !== 'level' && name !== 'detected_level' && name !== 'service_name'),
  );
}

function labelsNamed(log: StoredLog, names: readonly string[]): LabelValues {
  const labels = logLabels(log);
  return Object.fromEntries(names.map((name) => [name, labelValue(labels, name) ?? '']));
}
