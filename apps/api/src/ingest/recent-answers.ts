/** Keeps answers for a little while, so that many who ask the same thing at once cost one question. */
export class RecentAnswers<Answer> {
  /** In the order of their times. */
  private readonly kept = new Map<string, { readonly answer: Promise<Answer>; readonly askedAtMs: number }>();

  constructor(
    private readonly ageMsMax: number,
    private readonly countMax: number,
    private readonly nowMs: () => number,
  ) {}

  /** The answer kept under `key`, or what `ask` gives, which may fail: then for everybody until it is asked again. */
  get(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const nowMs = this.nowMs();
    const known = this.kept.get(key);
    if (known !== undefined && nowMs - known.askedAtMs <= this.ageMsMax) {
      return known.answer;
    }
    this.kept.delete(key);
    const [oldest] = this.kept.keys();
    if (this.kept.size >= this.countMax && oldest !== undefined) {
      this.kept.delete(oldest);
    }
    const answer = ask();
    this.kept.set(key, { answer, askedAtMs: nowMs });
    return answer;
  }
}
