import type { CaughtLine } from '@aegisguard/tail';

/** A line with all of its position. */
export interface TailLine extends CaughtLine {
  readonly batchId: string;
}

/** What a reader has not taken yet may be so many lines, and so many characters. */
const LINES_MAX = 2000;
const CHARS_MAX = 4 * 1024 ** 2;
/** A reader is given this much at a time, so that what it takes slowly is not all on its way. */
const CHARS_PER_TAKE = 64 * 1024;

/** Lines that wait for their reader. What there is no room for is counted. */
export class TailLines {
  private waiting: TailLine[] = [];
  private chars = 0;
  private missed = 0;

  get isEmpty(): boolean {
    return this.waiting.length === 0 && this.missed === 0;
  }

  add(line: TailLine): void {
    if (this.waiting.length >= LINES_MAX || this.chars + line.json.length > CHARS_MAX) {
      this.missed += 1;
      return;
    }
    this.waiting.push(line);
    this.chars += line.json.length;
  }

  drop(count: number): void {
    this.missed += count;
  }

  /** The first lines, and how many were missed: once nothing stands before them any more. */
  take(): { readonly lines: readonly TailLine[]; readonly dropped: number } {
    let count = 0;
    let chars = 0;
    while (count < this.waiting.length && (count === 0 || chars < CHARS_PER_TAKE)) {
      chars += this.waiting[count]?.json.length ?? 0;
      count += 1;
    }
    const lines = this.waiting.splice(0, count);
    this.chars -= chars;
    const dropped = this.waiting.length === 0 ? this.missed : 0;
    this.missed -= dropped;
    return { lines, dropped };
  }

  clear(): void {
    this.waiting = [];
    this.chars = 0;
    this.missed = 0;
  }
}
