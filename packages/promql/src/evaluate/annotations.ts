import type { SourceRange } from '../syntax/ast/source-range.ts';

const ANNOTATIONS_MAX = 10;

/** What a query tells besides its answer, in Prometheus's form: the sentence and where in the query, as line and column in bytes from 1. Each sentence once, at the last place that had it. */
export class Annotations {
  readonly #warnings = new Map<string, SourceRange>();
  readonly #infos = new Map<string, SourceRange>();
  readonly #query: string;

  constructor(query: string) {
    this.#query = query;
  }

  /** Something that makes the answer incomplete. */
  warn(message: string, source: SourceRange): void {
    this.#warnings.set(message, source);
  }

  /** Something that looks like a mistake. */
  inform(message: string, source: SourceRange): void {
    this.#infos.set(message, source);
  }

  /** The first ones; how many more there are is said. */
  get warnings(): readonly string[] {
    return this.#bounded(this.#warnings, 'warning');
  }

  /** As `warnings`. */
  get infos(): readonly string[] {
    return this.#bounded(this.#infos, 'info');
  }

  #bounded(messages: ReadonlyMap<string, SourceRange>, kind: string): string[] {
    const first = [...messages]
      .slice(0, ANNOTATIONS_MAX)
      .map(([message, source]) => `PromQL ${kind}: ${message} ${this.#place(source)}`);
    const left = messages.size - first.length;
    return left > 0 ? [...first, `${left} more ${kind} annotations omitted`] : first;
  }

  #place({ from }: SourceRange): string {
    const before = this.#query.slice(0, from).split('\n');
    return `(${before.length}:${Buffer.byteLength(before.at(-1) ?? '') + 1})`;
  }
}
