import {
  evaluateLogQuery,
  type FoundLog,
  type LogQuery,
  type LogQueryAnswer,
  type LogQueryPage,
} from '@aegisguard/logql';
import {
  AegisError,
  formatRfc3339Nanos,
  type LogDirection,
  type LogExportRequest,
  type LogPosition,
  type LogReader,
  labelValue,
  logLabels,
  type OrgId,
  type QueryBounds,
  type UnixNanos,
} from '@aegisguard/model';
import { csvLine } from '../../platform/csv-line.ts';
import { foundLogView } from '../../platform/found-log-view.ts';
import { logIdOf } from '../../platform/log-id.ts';

/** Logs that are read at a time. */
const PAGE_LOGS = 2000;
/** Where a part of an export ends; the client asks for the next. */
const PART_LENGTH_MAX = 256 * 1024 ** 2;
const PART_MS_MAX = 5 * 60_000;

/** What is to be exported. */
export interface ExportWish {
  readonly query: LogQuery;
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  readonly direction: LogDirection;
  readonly after: LogPosition | undefined;
}

/** Runs one page's query within its bounds. */
type Runs = <Answer>(query: (bounds: QueryBounds) => Promise<Answer>) => Promise<Answer>;

/** Pages of logs, each a query of its own, until there are no more or the part is full. */
export async function* exportedPages(
  reader: LogReader,
  orgId: OrgId,
  { query, after, ...range }: ExportWish,
  run: Runs,
  form: ExportForm,
): AsyncGenerator<string, void> {
  const endMs = performance.now() + PART_MS_MAX;
  let place = after;
  let length = 0;
  let waiting = form.head;
  let limit = PAGE_LOGS;
  do {
    const window = { ...range, ...(place === undefined ? {} : { after: place }) };
    const ask = (wanted: number) =>
      run((bounds) => evaluateLogQuery(reader, orgId, query, { ...window, limit: wanted }, bounds));
    const { page, readable } = await smallerPage(ask, limit);
    limit = readable;
    const text = waiting + page.found.map(form.line).join('');
    waiting = '';
    length += text.length;
    place = page.next;
    if (text !== '') {
      yield text;
    }
  } while (place !== undefined && length < PART_LENGTH_MAX && performance.now() < endMs);
}

/** A page of so many logs, or of fewer where they are too large to be read at once. */
async function smallerPage(
  ask: (limit: number) => Promise<LogQueryAnswer>,
  limit: number,
): Promise<{ readonly page: LogQueryPage; readonly readable: number }> {
  try {
    return { page: (await ask(limit)) as LogQueryPage, readable: limit };
  } catch (error) {
    if (limit > 1 && error instanceof AegisError && error.code === 'query-too-large') {
      return smallerPage(ask, Math.max(1, Math.floor(limit / 8)));
    }
    throw error;
  }
}

/** A form that logs leave in. */
export interface ExportForm {
  readonly contentType: string;
  readonly head: string;
  readonly line: (found: FoundLog) => string;
}

/** The form that a request wants; parts that go on have no head. */
export function exportForm({
  format,
  columns,
  after,
}: Pick<LogExportRequest, 'format' | 'columns' | 'after'>): ExportForm {
  if (format === 'ndjson') {
    return {
      contentType: 'application/x-ndjson',
      head: '',
      line: (found) => `${JSON.stringify(foundLogView(found))}\n`,
    };
  }
  return {
    contentType: 'text/csv; charset=utf-8; header=present',
    head: after !== undefined ? '' : csvLine(['timestamp', 'id', 'level', 'service', 'message', ...columns]),
    line: ({ log, line, labels }) => {
      const own = logLabels(log);
      const cells = columns.map((name) => (Object.hasOwn(labels, name) ? labels[name] : labelValue(own, name)) ?? '');
      return csvLine([
        formatRfc3339Nanos(log.position.timestamp),
        logIdOf(log.position),
        log.level,
        log.service,
        line,
        ...cells,
      ]);
    },
  };
}
