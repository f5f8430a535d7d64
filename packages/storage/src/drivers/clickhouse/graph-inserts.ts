import type { Engine } from './engine.ts';
import { engineError, isTooMuch } from './engine-error.ts';
import type { TableNames } from './log-table.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { edgesInsert, type GraphPart, graphWorkSql, hoursInsert } from './service-graph-sql.ts';
import { textLiteral, wholeNumberLiteral } from './sql-literal.ts';
import type { StorageLogger } from './storage-logger.ts';

/** Spans that one statement looks at. */
const SLICE_SPANS = 200_000;
/** What is too much is halved so often. */
const HALVINGS_MAX = 4;
/** Organizations that a part may be without; if it is still too much, all of it is left out. */
const WITHOUT_MAX = 8;
const WORK_MS = 60_000;
/** Organizations that one line of the log names. */
const NAMED_MAX = 10;

/** What it works with. */
export interface GraphInsertsParts {
  readonly engine: Engine;
  readonly runner: QueryRunner;
  readonly tables: TableNames;
  readonly logger: StorageLogger;
  readonly traceSpansMax: number;
  /** Of its inserts: `a = 1, b = 2`. */
  readonly settings: string;
}

/** What windows are added to. */
type Figures = 'edges' | 'hours';

/** What one organization's edges of a part take. */
interface Work {
  readonly orgId: string;
  readonly spans: number;
  /** Of traces that are too large. */
  readonly spansBeyond: number;
  readonly tracesBeyond: number;
}

/**
 * Adds what came in a window to edges and hours, in parts of a size that follows from the spans alone. A part that is too much all the same is halved, then without the organization that has most in it, and at last left out. Which parts
 * failed is written down before anything is added in their place: a part that would succeed later must not be added beside its halves, be it by another process after a crash. Two processes at the same window at once are not told apart: where one fails and the other does not, both the halves and the whole may be added.
 */
export class GraphInserts {
  readonly #parts: GraphInsertsParts;
  /** Tokens of parts of the window at hand. */
  #tooMuch: Set<string> = new Set();
  #isLastTry = false;
  #isClosed = false;

  constructor(parts: GraphInsertsParts) {
    this.#parts = parts;
  }

  /** One window at a time. In the last try whatever fails is left out. */
  async add(window: Pick<GraphPart, 'from' | 'to'> & { readonly spans: number }, isLastTry: boolean): Promise<void> {
    this.#isLastTry = isLastTry;
    const { from, to, spans } = window;
    const whole = { from, to, slice: 0, slices: 1, without: [] };
    this.#tooMuch = await this.#readTooMuch(from);
    const work = await this.#work(whole);
    this.#tellTooLarge(from, work);
    const looked = work.reduce((sum, one) => sum + one.spans, 0);
    for (const [of, count] of [
      ['edges', looked],
      ['hours', spans],
    ] as const) {
      const slices = Math.max(1, Math.ceil(count / SLICE_SPANS));
      for (let slice = 0; slice < slices; slice += 1) {
        await this.#add(of, { ...whole, slice, slices }, 0);
      }
    }
  }

  /** From now on errors are those of statements that were stopped. */
  close(): void {
    this.#isClosed = true;
  }

  async #add(of: Figures, part: GraphPart, halvings: number): Promise<void> {
    const token = [of, part.from, `${part.slice}/${part.slices}`, ...part.without].join(' ');
    if (!this.#tooMuch.has(token)) {
      try {
        const { engine, settings } = this.#parts;
        await engine.maintain(
          `${this.#insert(of, part)} SETTINGS ${settings}, insert_deduplication_token = ${textLiteral(token)}`,
        );
        return;
      } catch (error) {
        this.#passOver(error);
        await this.#addTooMuch(part.from, token);
      }
    }
    if (halvings < HALVINGS_MAX) {
      const { slice, slices } = part;
      await this.#add(of, { ...part, slices: 2 * slices }, halvings + 1);
      await this.#add(of, { ...part, slice: slice + slices, slices: 2 * slices }, halvings + 1);
      return;
    }
    const orgId = part.without.length < WITHOUT_MAX ? await this.#heaviest(of, part) : undefined;
    const what = { window: part.from, figures: of, slices: part.slices };
    if (orgId === undefined) {
      this.#parts.logger.warn(what, 'a part of the spans of a window is in no figures, since it is too much');
      return;
    }
    this.#parts.logger.warn({ ...what, orgId }, 'spans of an organization are in no figures, since they are too much');
    await this.#add(of, { ...part, without: [...part.without, orgId] }, halvings);
  }

  /** The tokens of a window's parts that were too much before. */
  async #readTooMuch(from: number): Promise<Set<string>> {
    const { runner, tables } = this.#parts;
    const rows = await runner.rows(
      `SELECT too_much FROM ${tables.graphWindows} WHERE window_end = ${windowLiteral(from)} AND too_much != ''`,
    );
    return new Set(rows.map(([token]) => String(token)));
  }

  async #addTooMuch(from: number, token: string): Promise<void> {
    const { engine, tables } = this.#parts;
    try {
      await engine.maintain(
        `INSERT INTO ${tables.graphWindows} (window_end, too_much) SELECT ${windowLiteral(from)}, ${textLiteral(token)}`,
      );
    } catch (error) {
      throw engineError(error, 'command');
    }
    this.#tooMuch.add(token);
  }

  #insert(of: Figures, part: GraphPart): string {
    const { tables, traceSpansMax } = this.#parts;
    return of === 'edges' ? edgesInsert(tables, part, traceSpansMax) : hoursInsert(tables, part);
  }

  /** Throws what another try may mend. */
  #passOver(error: unknown): void {
    if (this.#isClosed || !(this.#isLastTry || isTooMuch(error))) {
      throw engineError(error, 'command');
    }
  }

  async #heaviest(of: Figures, part: GraphPart): Promise<string | undefined> {
    const weightOf = ({ spans, spansBeyond }: Work) => (of === 'edges' ? spans : spans + spansBeyond);
    const work = await this.#work(part);
    return work.toSorted((left, right) => weightOf(right) - weightOf(left))[0]?.orgId;
  }

  /** By organization; nothing when already this is too much. */
  async #work(part: GraphPart): Promise<readonly Work[]> {
    const { runner, tables, traceSpansMax } = this.#parts;
    const deadline = new Deadline({ signal: new AbortController().signal, timeoutMs: WORK_MS });
    try {
      // As many groups as fit into a query's memory.
      const { rows } = await runner.run(graphWorkSql(tables, part, traceSpansMax), deadline, { groupsMax: 0 });
      return rows.map(([orgId, ...counts]) => {
        const [spans = 0, spansBeyond = 0, tracesBeyond = 0] = counts.map(Number);
        return { orgId: String(orgId), spans, spansBeyond, tracesBeyond };
      });
    } catch (error) {
      this.#passOver(error);
      return [];
    }
  }

  #tellTooLarge(window: number, work: readonly Work[]): void {
    const beyond = work.filter(({ tracesBeyond }) => tracesBeyond > 0);
    if (beyond.length > 0) {
      const traces = beyond.reduce((sum, { tracesBeyond }) => sum + tracesBeyond, 0);
      const orgIds = beyond.slice(0, NAMED_MAX).map(({ orgId }) => orgId);
      this.#parts.logger.warn({ window, traces, orgIds }, 'traces of a window have no edges, since they are too large');
    }
  }
}

/** The beginning of a window, as the table of windows has it. */
function windowLiteral(from: number): string {
  return `toDateTime(${wholeNumberLiteral(from)}, 'UTC')`;
}
