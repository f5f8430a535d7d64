import { type TailLine, TailLines } from './tail-lines.ts';

/** Why a tail ends: whoever reads may not any more; the server stops; the reader is gone. */
export type TailEnd = {
  readonly reason: 'access' | 'shutdown' | 'gone';
  /** For people. */
  readonly detail: string;
};

/** What a reader gets next. */
export type TailNews =
  | { readonly kind: 'lines'; readonly lines: readonly TailLine[]; readonly dropped: number }
  | { readonly kind: 'silence' }
  | ({ readonly kind: 'end' } & TailEnd);

/** One reader's tail. The reader asks for what is next; what comes in between waits, as far as there is room. */
export class Tail {
  private readonly lines = new TailLines();
  private ended: TailEnd | undefined;
  private wake: () => void = () => undefined;

  /** `onEnd` is called once. */
  constructor(private readonly onEnd: (end: TailEnd) => void) {}

  /** Whether nothing waits for the reader. */
  private get isIdle(): boolean {
    return this.lines.isEmpty;
  }

  add(lines: readonly TailLine[], dropped: number): void {
    if (this.ended === undefined && lines.length + dropped > 0) {
      for (const line of lines) {
        this.lines.add(line);
      }
      this.lines.drop(dropped);
      this.wake();
    }
  }

  /** Ends it; what waits is not sent any more. */
  end(end: TailEnd): void {
    if (this.ended === undefined) {
      this.ended = end;
      this.lines.clear();
      this.onEnd(end);
      this.wake();
    }
  }

  /** The next lines as soon as there are any, or so much later that others may come, too; silence after `waitMs` without. Not to be asked again before it has answered. */
  async next(waitMs: number, holdBackMs = 0): Promise<TailNews> {
    if (this.isIdle) {
      await this.change(waitMs);
      const untilMs = performance.now() + holdBackMs;
      for (let leftMs = holdBackMs; leftMs > 0 && !this.isIdle; leftMs = untilMs - performance.now()) {
        await this.change(leftMs);
      }
    }
    if (this.ended !== undefined) {
      return { kind: 'end', ...this.ended };
    }
    return this.isIdle ? { kind: 'silence' } : { kind: 'lines', ...this.lines.take() };
  }

  /** When something comes, or the time is over; at once when it has ended. */
  private change(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.ended === undefined ? waitMs : 0);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
