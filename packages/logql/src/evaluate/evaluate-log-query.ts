import {
  AegisError,
  type LabelValues,
  type LogDirection,
  type LogPage,
  type LogPosition,
  type LogReader,
  logLabels,
  type OrgId,
  type QueryBounds,
  type QueryStats,
  type StoredLog,
} from '@aegisguard/model';
import { compilePipeline } from '../pipeline/compile-pipeline.ts';
import type { LinePipeline } from '../pipeline/line-pipeline.ts';
import type { LogQuery } from '../syntax/ast/log-query.ts';
import type { Query } from '../syntax/ast/query.ts';
import {
  type EvaluationOptions,
  evaluateMetricQuery,
  type Matrix,
  type MetricWindow,
} from './evaluate-metric-query.ts';
import { ReadCost } from './read-cost.ts';
import { planNothing, planSelection, type SelectionPlan } from './select/plan-selection.ts';
import { Turns } from './turns.ts';

/** What a request says besides the query. `end` is exclusive for logs and inclusive for the points of a metric query, as in Loki. */
export interface LogQueryWindow extends MetricWindow {
  /** The rest is for log queries only. */
  readonly limit: number;
  readonly direction: LogDirection;
  /** Where the page before ended. */
  readonly after?: LogPosition;
}

/** A log as the query's pipeline left it. */
export interface FoundLog {
  readonly log: StoredLog;
  readonly line: string;
  /** Those of its stream in Loki's answers. */
  readonly labels: LabelValues;
  /** The same by where they come from. */
  readonly categories: { readonly stream: LabelValues; readonly metadata: LabelValues; readonly parsed: LabelValues };
}

/** A page of logs in the asked direction. */
export interface LogQueryPage {
  readonly found: readonly FoundLog[];
  /** Where the next page goes on; absent on the last one. With fewer logs than asked for, time was over before more were found. */
  readonly next?: LogPosition;
  readonly stats: QueryStats;
}

/** A page of logs, or series of numbers. */
export type LogQueryAnswer = ({ readonly kind: 'logs' } & LogQueryPage) | ({ readonly kind: 'matrix' } & Matrix);

/** Logs that the pipeline gets at a time, at most. */
const PAGE_MAX = 4000;
const PAGE_MIN = 100;
const PAGE_GROWTH = 4;
/** Characters of the lines that an answer has. */
const FOUND_LENGTH_MAX = 48 * 1024 ** 2;

/** Answers a parsed query from an organization's logs. Besides what the reader throws: `invalid-request`, `query-not-runnable`, `query-too-large`. */
export async function evaluateLogQuery(
  reader: LogReader,
  orgId: OrgId,
  query: Query,
  window: LogQueryWindow,
  bounds: QueryBounds,
  options: EvaluationOptions = {},
): Promise<LogQueryAnswer> {
  if (window.start > window.end) {
    throw new AegisError('invalid-request', { detail: 'The start is after the end.' });
  }
  return query.kind === 'log-query'
    ? { kind: 'logs', ...(await findLogs(reader, orgId, query, window, bounds, options)) }
    : { kind: 'matrix', ...(await evaluateMetricQuery(reader, orgId, query, window, bounds, options)) };
}

/** The page of a log query. When its time is over, it is what was found until then. */
async function findLogs(
  reader: LogReader,
  orgId: OrgId,
  query: LogQuery,
  window: LogQueryWindow,
  bounds: QueryBounds,
  { pushesDown = true }: EvaluationOptions,
): Promise<LogQueryPage> {
  const search = new PipelineSearch(pushesDown ? planSelection(query) : planNothing(query), window);
  try {
    await search.run(reader, orgId, new Turns(bounds, () => performance.now()));
  } catch (error) {
    if (!(error instanceof AegisError && error.code === 'query-timeout' && search.hasMoved)) {
      throw error;
    }
  }
  return search.page;
}

/** Asks the reader for pages, ever larger ones, until the pipeline has let through as many logs as are wanted. */
class PipelineSearch {
  readonly #plan: SelectionPlan;
  readonly #window: LogQueryWindow;
  readonly #pipeline: LinePipeline;
  readonly #cost = new ReadCost();
  readonly #found: FoundLog[] = [];
  #length = 0;
  /** Up to where logs have been looked at; undefined when none is behind it. */
  #place: LogPosition | undefined;

  constructor(plan: SelectionPlan, window: LogQueryWindow) {
    this.#plan = plan;
    this.#window = window;
    this.#pipeline = compilePipeline(plan.stages);
    this.#place = window.after;
  }

  get hasMoved(): boolean {
    return this.#place !== this.#window.after;
  }

  get page(): LogQueryPage {
    const page = { found: this.#found, stats: this.#cost.stats };
    return this.#place === undefined ? page : { ...page, next: this.#place };
  }

  async run(reader: LogReader, orgId: OrgId, turns: Turns): Promise<void> {
    const { stages, ...selection } = this.#plan;
    const { start, end, limit, direction } = this.#window;
    let sizeMax = stages.length === 0 ? limit : PAGE_MAX;
    let size = Math.min(Math.max(limit, PAGE_MIN), sizeMax);
    do {
      const search = { ...selection, start, end, direction };
      const after = this.#place === undefined ? {} : { after: this.#place };
      const read = (pageSize: number) =>
        reader.searchLogs(orgId, { ...search, ...after, limit: pageSize }, turns.bounds);
      const { page, readable } = await readPage(read, size, stages.length > 0);
      sizeMax = Math.min(sizeMax, readable);
      this.#cost.add(page.stats);
      await this.#take(page, turns);
      size = Math.min(size * PAGE_GROWTH, sizeMax);
    } while (this.#place !== undefined && this.#found.length < limit);
  }

  async #take({ logs, next }: LogPage, turns: Turns): Promise<void> {
    for (const [at, log] of logs.entries()) {
      this.#takeLog(log);
      const isLast = at === logs.length - 1;
      this.#place = isLast ? next : log.position;
      if (this.#found.length === this.#window.limit) {
        return;
      }
      await turns.pass();
    }
    this.#place = next;
  }

  #takeLog(log: StoredLog): void {
    const { message, position } = log;
    const made = this.#pipeline.process({ timestamp: position.timestamp, line: message, labels: logLabels(log) });
    if (made !== undefined) {
      this.#length += message.length + made.line.length;
      if (this.#length > FOUND_LENGTH_MAX) {
        const detail = 'The lines of the answer are too long together; ask for fewer.';
        throw new AegisError('query-too-large', { detail });
      }
      this.#found.push({ log, line: made.line, labels: made.labels.all(), categories: made.labels.byCategory() });
    }
  }
}

/** A page of the size, or of a smaller one where logs are so large that the reader cannot give as many: how many of them a pipeline looks at is nothing that a client asks for. */
async function readPage(
  read: (size: number) => Promise<LogPage>,
  size: number,
  mayBeSmaller: boolean,
): Promise<{ readonly page: LogPage; readonly readable: number }> {
  try {
    return { page: await read(size), readable: Number.POSITIVE_INFINITY };
  } catch (error) {
    if (!(mayBeSmaller && size > 1 && error instanceof AegisError && error.code === 'query-too-large')) {
      throw error;
    }
  }
  const smaller = Math.max(1, Math.floor(size / PAGE_GROWTH));
  const { page, readable } = await readPage(read, smaller, mayBeSmaller);
  return { page, readable: Math.min(readable, smaller) };
}
