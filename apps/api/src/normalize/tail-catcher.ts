import type { IngestEnvelope, LogRecord } from '@aegisguard/model';
import type { CaughtLine, TailCatch } from '@aegisguard/tail';
import { RecentMap } from '../platform/recent-map.ts';
import { tailedLine } from '../platform/tailed-line.ts';
import { RecordLine } from './record-line.ts';
import { TailBudget } from './tail-budget.ts';
import type { TailFilter } from './tail-filter.ts';

/** Filters that a thread keeps. */
const TAILS_MAX = 500;
/** All tails may take as much of a thread as everything else that a batch takes, and always so much: code that is new to the thread is slow. */
const BATCH_MS_MIN = 50;
/** The clock is looked at after each line that a query selects, since its stages may cost anything, and after so many characters of others; one counts for some at least. */
const CHARS_PER_LOOK = 16_384;
const CHARS_PER_LINE_MIN = 256;

interface Tail {
  readonly filter: TailFilter;
  readonly budget: TailBudget;
}

/** A batch that tails look at. */
interface Watched {
  readonly envelope: IngestEnvelope;
  readonly lines: readonly RecordLine[];
  /** When there is no more time for it, by the clock of the thread's work. */
  readonly untilMs: number;
}

/** What a catcher goes by. */
export interface TailCatcherParts {
  /** Throws when it cannot. */
  readonly compile: (query: string) => TailFilter;
  /** Monotonic ms. */
  readonly nowMs: () => number;
  /** Ms that this thread has worked: while others have the processor, no tail's time passes. */
  readonly workedMs: () => number;
}

/** Runs the tails of organizations over the logs that become rows, in a thread. */
export class TailCatcher {
  private readonly tails = new RecentMap<string, Tail>(TAILS_MAX);
  /** Which tail comes first: where time runs out, it is not always the same ones that go short. */
  private turn = 0;

  constructor(private readonly parts: TailCatcherParts) {}

  /** What each query catches of a batch's records; those that catch nothing are left out. `batchMs` is how much work the batch was otherwise. Does not throw: no tail may cost a batch. */
  catch(
    envelope: IngestEnvelope,
    records: readonly LogRecord[],
    queries: readonly string[],
    batchMs: number,
  ): readonly TailCatch[] {
    const tails = queries.map((query) => ({ query, tail: this.tailOf(envelope.orgId, query) }));
    const untilMs = this.parts.workedMs() + Math.max(BATCH_MS_MIN, batchMs);
    const watched = { envelope, lines: records.map((record) => new RecordLine(record)), untilMs };
    this.turn = (this.turn + 1) % Math.max(1, tails.length);
    return [...tails.slice(this.turn), ...tails.slice(0, this.turn)]
      .map(({ query, tail }) => ({ query, batchId: envelope.batchId, ...this.run(tail, watched) }))
      .filter(({ lines, dropped }) => lines.length > 0 || dropped > 0);
  }

  private run(tail: Tail | undefined, { envelope, lines, untilMs }: Watched): Pick<TailCatch, 'lines' | 'dropped'> {
    if (tail === undefined) {
      return { lines: [], dropped: lines.length };
    }
    const { budget } = tail;
    const { nowMs, workedMs } = this.parts;
    budget.refill(nowMs());
    let lookedMs = workedMs();
    const caught: CaughtLine[] = [];
    let dropped = 0;
    let untilLook = 0;
    for (const [at, line] of lines.entries()) {
      if (untilLook <= 0) {
        const looksMs = workedMs();
        budget.spendTime(looksMs - lookedMs);
        if (looksMs >= untilMs || budget.isOutOfTime) {
          return { lines: caught, dropped: dropped + lines.length - at };
        }
        lookedMs = looksMs;
        untilLook = CHARS_PER_LOOK;
      }
      untilLook -= Math.max(CHARS_PER_LINE_MIN, line.line.length);
      const found = catchLine(tail, envelope, line);
      if (found === 'unselected') {
        continue;
      }
      untilLook = 0;
      if (found === 'dropped') {
        dropped += 1;
      } else if (found !== undefined) {
        caught.push(found);
      }
    }
    budget.spendTime(workedMs() - lookedMs);
    return { lines: caught, dropped };
  }

  private tailOf(orgId: string, query: string): Tail | undefined {
    const key = `${orgId} ${query}`;
    const known = this.tails.get(key);
    const tail = known ?? this.newTail(query);
    if (known === undefined && tail !== undefined) {
      this.tails.set(key, tail);
    }
    return tail;
  }

  /** Undefined when this program cannot run the query: another one, of another version, opened the tail. */
  private newTail(query: string): Tail | undefined {
    try {
      const { compile, nowMs } = this.parts;
      return { filter: compile(query), budget: new TailBudget(nowMs()) };
    } catch {
      return undefined;
    }
  }
}

function catchLine(
  { filter, budget }: Tail,
  envelope: IngestEnvelope,
  line: RecordLine,
): CaughtLine | 'unselected' | 'dropped' | undefined {
  try {
    if (!filter.selects(line)) {
      return 'unselected';
    }
    // Whether its later stages would keep the line is not worth the time: a flood must cost little.
    if (budget.isSpent) {
      return 'dropped';
    }
    const found = filter.run(line);
    if (found === undefined) {
      return undefined;
    }
    const { record } = line;
    const position = { timestamp: record.timestamp, batchId: envelope.batchId, index: record.index };
    const { labels } = found;
    const caught = tailedLine({
      log: { ...record, position },
      line: found.line,
      labels: labels.all(),
      categories: labels.byCategory(),
    });
    budget.spend(caught.json.length);
    return caught;
  } catch {
    return 'dropped';
  }
}
