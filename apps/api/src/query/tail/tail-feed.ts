import type { SelfMetrics } from '../../platform/self-metrics.ts';
import type { Tail, TailNews } from './tail.ts';
import type { TailLine } from './tail-lines.ts';

/** A comment or ping is sent this often at least, since proxies cut connections that say nothing. */
const HEARTBEAT_MS = 15_000;
/** Lines that were made before the tail began are stored by now, unless the store is in trouble. */
const STORED_AFTER_MS = 2000;
/** What the store had may come in as well until so long after it was asked again. */
const REMEMBERED_MS = 30_000;
/** Stored lines that are sent at a time. */
const LINES_PER_PART = 100;
/** Stored lines wait in so many characters of JSON at most, but for one line: a reader need not read. */
const STORED_CHARS_MAX = 4 * 1024 ** 2;

/**
 * What a reader is told, in order: stored lines, where there are to be any, then those that come in. The tail is open before the store is asked, so that none is lost in between; what both have is told once. Lines that were made before
 * the tail was open, but stored after the store was asked, come when it is asked again a little later.
 */
export class TailFeed {
  private readonly told = new Set<string>();
  private first: readonly TailLine[] = [];
  /** Older ones than the first, which there was no room for. */
  private missed = 0;
  /** Whether stored lines may still be the same as those that come in. */
  private isRemembering = false;

  constructor(
    private readonly tail: Tail,
    private readonly metrics: SelfMetrics,
    /** Ms by which lines may be held back, so that those that come late stand among them; and after which the store is asked again. */
    private readonly times: { readonly holdBackMs?: number; readonly storedAfterMs?: number } = {},
  ) {}

  /** Reads what is to come before everything else. `read` answers with the same lines each time, and with those that were stored meanwhile; it is told how many more than at first those are at least. Throws what it throws. */
  async beginWith(read: (more: number) => Promise<readonly TailLine[]>): Promise<void> {
    this.isRemembering = true;
    const stored = this.fresh(await read(0));
    this.first = newestWithin(stored, STORED_CHARS_MAX);
    this.missed = stored.length - this.first.length;
    const again = () => read(this.told.size - stored.length);
    setTimeout(() => void this.askAgain(again), this.times.storedAfterMs ?? STORED_AFTER_MS).unref();
  }

  /** Ends with the news of the end. */
  async *news(): AsyncGenerator<TailNews, void> {
    if (this.missed > 0) {
      yield this.counted({ kind: 'lines', lines: [], dropped: this.missed });
    }
    for (let from = 0; from < this.first.length; from += LINES_PER_PART) {
      yield this.counted({ kind: 'lines', lines: this.first.slice(from, from + LINES_PER_PART), dropped: 0 });
    }
    this.first = [];
    for (;;) {
      const news = await this.tail.next(HEARTBEAT_MS, this.times.holdBackMs);
      if (news.kind !== 'lines') {
        yield news;
      } else {
        const lines = this.fresh(news.lines);
        if (lines.length > 0 || news.dropped > 0) {
          yield this.counted({ ...news, lines });
        }
      }
      if (news.kind === 'end') {
        return;
      }
    }
  }

  /** What cannot be read any more is not worth the tail. */
  private async askAgain(read: () => Promise<readonly TailLine[]>): Promise<void> {
    const stored = await read().catch(() => []);
    // There is room for few lines: those that were told must not take it from others.
    this.tail.add(stored.filter(this.isUntold), 0);
    setTimeout(() => this.forget(), REMEMBERED_MS).unref();
  }

  private forget(): void {
    this.isRemembering = false;
    this.told.clear();
  }

  private readonly isUntold = (line: TailLine): boolean => !this.told.has(keyOf(line));

  /** Those that were not told. */
  private fresh(lines: readonly TailLine[]): readonly TailLine[] {
    const fresh = lines.filter(this.isUntold);
    if (this.isRemembering) {
      for (const line of fresh) {
        this.told.add(keyOf(line));
      }
    }
    return fresh;
  }

  private counted(news: Extract<TailNews, { kind: 'lines' }>): TailNews {
    this.metrics.tailLinesSent.inc(news.lines.length);
    this.metrics.tailLinesDropped.inc(news.dropped);
    return news;
  }
}

/** The last lines, which are the newest, whose JSON has so many characters, the one that reaches them included. */
function newestWithin(lines: readonly TailLine[], charsMax: number): readonly TailLine[] {
  let from = lines.length;
  for (let chars = 0; from > 0 && chars < charsMax; from -= 1) {
    chars += lines[from - 1]?.json.length ?? 0;
  }
  return lines.slice(from);
}

function keyOf({ batchId, index }: TailLine): string {
  return `${batchId}-${index}`;
}
