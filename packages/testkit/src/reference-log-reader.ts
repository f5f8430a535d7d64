import {
  AegisError,
  type LabelMatcher,
  type LineFilter,
  LOG_LEVELS,
  type LogBlock,
  type LogCountQuery,
  type LogCountSeries,
  type LogCounts,
  type LogHint,
  type LogPage,
  type LogPosition,
  type LogReader,
  type LogSearch,
  type LogSelection,
  labelValue,
  logLabels,
  type OrgId,
  type QueryBounds,
  type QueryStats,
  type StoredLog,
} from '@aegisguard/model';
import { RE2JS } from 're2js';

/**
 * What `LogReader` means, written down in the plainest way over logs in memory: tests of query languages read from it, and tests of storage drivers compare with it. It
 * looks at every log for every question. A label's expression must match the whole value and its `.` matches line breaks, a line's may match anywhere and its `.` does not, as in Loki.
 */
export class ReferenceLogReader implements LogReader {
  readonly #logs: ReadonlyMap<OrgId, readonly StoredLog[]>;

  constructor(logs: ReadonlyMap<OrgId, readonly StoredLog[]>) {
    this.#logs = logs;
  }

  async searchLogs(orgId: OrgId, search: LogSearch, bounds: QueryBounds): Promise<LogPage> {
    const sign = search.direction === 'forward' ? 1 : -1;
    const { after } = search;
    const found = this.#select(orgId, search, bounds)
      .filter(({ position }) => after === undefined || sign * comparePositions(position, after) > 0)
      .sort((a, b) => sign * comparePositions(a.position, b.position));
    const logs = found.slice(0, search.limit);
    const last = logs.at(-1);
    const stats = this.#stats(orgId);
    return found.length > logs.length && last !== undefined ? { logs, next: last.position, stats } : { logs, stats };
  }

  async countLogs(orgId: OrgId, query: LogCountQuery, bounds: QueryBounds): Promise<LogCounts> {
    const groups = new Map<string, { labels: Record<string, string>; counts: Map<number, number> }>();
    for (const log of this.#select(orgId, query, bounds)) {
      const labels = Object.fromEntries(query.by.map((name) => [name, groupText(log, name)]));
      const key = JSON.stringify(Object.values(labels));
      const group = groups.get(key) ?? { labels, counts: new Map() };
      const bucket = bucketOf(log.position.timestamp, query);
      groups.set(key, group);
      const added = query.of === 'bytes' ? Buffer.byteLength(log.message) : 1;
      group.counts.set(bucket, (group.counts.get(bucket) ?? 0) + added);
    }
    return { series: [...groups.values()].map(toSeries), stats: this.#stats(orgId) };
  }

  async scanLogs(
    orgId: OrgId,
    selection: LogSelection,
    bounds: QueryBounds,
    onBlock: (block: LogBlock) => void,
  ): Promise<QueryStats> {
    const logs = this.#select(orgId, selection, bounds);
    if (logs.length > 0) {
      onBlock({
        timestamps: BigInt64Array.from(logs, ({ position }) => position.timestamp),
        lines: logs.map(({ message }) => message),
        labels: logs.map(logLabels),
      });
    }
    return this.#stats(orgId);
  }

  #select(orgId: OrgId, selection: LogSelection, { signal }: QueryBounds): StoredLog[] {
    if (signal.aborted) {
      throw new AegisError('query-cancelled');
    }
    const isMatching = selection.matchers.map(matcherTest);
    const isKept = selection.lineFilters.map(lineTest);
    const isHinted = (selection.hints ?? []).map(hintTest);
    return (this.#logs.get(orgId) ?? []).filter((log) => {
      const { timestamp } = log.position;
      return (
        timestamp >= selection.start &&
        timestamp < selection.end &&
        isMatching.every((matches) => matches(log)) &&
        isKept.every((keeps) => keeps(log.message)) &&
        isHinted.every((hinted) => hinted(log))
      );
    });
  }

  #stats(orgId: OrgId): QueryStats {
    return { elapsedMs: 0, rowsRead: this.#logs.get(orgId)?.length ?? 0, bytesRead: 0 };
  }
}

/** The order of logs: by time, then by batch, then by place in the batch. */
function comparePositions(a: LogPosition, b: LogPosition): number {
  if (a.timestamp !== b.timestamp) {
    return a.timestamp < b.timestamp ? -1 : 1;
  }
  if (a.batchId !== b.batchId) {
    return a.batchId < b.batchId ? -1 : 1;
  }
  return a.index - b.index;
}

function bucketOf(time: bigint, { origin, bucket, edges }: LogCountQuery): number {
  const distance = time - origin;
  // Rounded towards the past: a time on an edge belongs to the bucket before it when upper edges count.
  return Number(edges === '[)' ? floorDivide(distance, bucket) : floorDivide(distance - 1n, bucket));
}

function floorDivide(a: bigint, b: bigint): bigint {
  return a >= 0n ? a / b : -((-a + b - 1n) / b);
}

function toSeries(group: { labels: Record<string, string>; counts: Map<number, number> }): LogCountSeries {
  const ascending = [...group.counts].sort(([a], [b]) => a - b);
  return {
    labels: group.labels,
    buckets: ascending.map(([bucket]) => bucket),
    counts: ascending.map(([, count]) => count),
  };
}

/** The texts that a log has under a name; `''` when it has none. Its level is also found by the text that was sent for it. */
function labelTexts(log: StoredLog, name: string): readonly string[] {
  if (name === 'level' || name === 'detected_level') {
    const { level, severityText } = log;
    const isText = severityText !== '' && !(LOG_LEVELS as readonly string[]).includes(severityText);
    return isText ? [level, severityText] : [level];
  }
  return [labelValue(logLabels(log), name) ?? ''];
}

/** The value by which logs are grouped. */
function groupText(log: StoredLog, name: string): string {
  return labelValue(logLabels(log), name) ?? '';
}

function matcherTest({ name, op, value }: LabelMatcher): (log: StoredLog) => boolean {
  if (op === '=' || op === '!=') {
    return (log) => labelTexts(log, name).includes(value) === (op === '=');
  }
  const expression = RE2JS.compile(value, RE2JS.DOTALL);
  return (log) => labelTexts(log, name).some((text) => expression.testExact(text)) === (op === '=~');
}

function hintTest({ texts, matchers }: LogHint): (log: StoredLog) => boolean {
  const tests = matchers.map(matcherTest);
  return (log) => texts.some((text) => log.message.includes(text)) || tests.some((matches) => matches(log));
}

function lineTest({ op, values }: LineFilter): (message: string) => boolean {
  if (op === '|=' || op === '!=') {
    return (message) => values.some((value) => message.includes(value)) === (op === '|=');
  }
  const expressions = values.map((value) => RE2JS.compile(value));
  return (message) => expressions.some((expression) => expression.test(message)) === (op === '|~');
}
