import type { SourceRange } from '../syntax/ast/source-range.ts';

const ANNOTATIONS_MAX = 10;

/** What a query tells besides its answer, each once, in Prometheus's form: the sentence and where in the query, as line and column from 1. */
export class Annotations {
  readonly #warnings = new Set<string>();
  readonly #infos = new Set<string>();

  readonly #query: string;

  constructor(query: string) {
    this.#query = query;
  }

  /** Something that makes the answer incomplete. */
  warn(message: string, source: SourceRange): void {
    this.#warnings.add(`PromQL warning: ${message} ${this.#place(source)}`);
  }

  /** Something that looks like a mistake. */
  inform(message: string, source: SourceRange): void {
    this.#infos.add(`PromQL info: ${message} ${this.#place(source)}`);
  }

  /** Of each kind the first ones; how many more there are is said. */
  get warnings(): readonly string[] {
    return bounded(this.#warnings, 'warning');
  }

  /** As `warnings`. */
  get infos(): readonly string[] {
    return bounded(this.#infos, 'info');
  }

  #place({ from }: SourceRange): string {
    const before = this.#query.slice(0, from).split('\n');
    return `(${before.length}:${(before.at(-1) ?? '').length + 1})`;
  }
}

function bounded(messages: ReadonlySet<string>, kind: string): string[] {
  const first = [...messages].slice(0, ANNOTATIONS_MAX);
  const left = messages.size - first.length;
  return left > 0 ? [...first, `${left} more ${kind} annotations omitted`] : first;
}
