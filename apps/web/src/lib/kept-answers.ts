/** Answers are good for so long while one types. */
const KEPT_MS = 60_000;

/** Questions whose answers are kept; beyond it the oldest goes. */
const KEPT_MAX = 200;

interface Kept<T> {
  readonly untilMs: number;
  readonly answer: Promise<readonly T[]>;
}

/** Remembers what was answered a moment ago. A question that fails answers with nothing, and is asked again. */
export class KeptAnswers<T> {
  private readonly kept = new Map<string, Kept<T>>();

  /** The answer to the question of this key. */
  once(key: string, ask: () => Promise<readonly T[]>): Promise<readonly T[]> {
    const known = this.kept.get(key);
    if (known !== undefined && known.untilMs > Date.now()) {
      return known.answer;
    }
    const answer = ask().catch(() => {
      this.kept.delete(key);
      return [];
    });
    this.kept.delete(key);
    this.kept.set(key, { untilMs: Date.now() + KEPT_MS, answer });
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_MAX && oldest !== undefined) {
      this.kept.delete(oldest);
    }
    return answer;
  }
}
