import type { LogSelection } from '@aegisguard/model';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { anywherePattern, plainAlternatives, wholeValuePattern } from './re2-pattern.ts';
import { textLiteral } from './sql-literal.ts';

const REMEMBERED_MAX = 1_000;

/** Makes sure that expressions compile: a query that finds nothing to try them on would not notice. */
export class RegexCheck {
  readonly #valid = new Set<string>();

  /** Throws `invalid-query` for an expression that RE2 refuses. */
  async assertValid(
    selection: Pick<LogSelection, 'matchers' | 'lineFilters'>,
    runner: QueryRunner,
    deadline: Deadline,
  ): Promise<void> {
    await this.assertPatterns(patternsOf(selection), runner, deadline);
  }

  /** The same of patterns as `match()` gets them. */
  async assertPatterns(patterns: readonly string[], runner: QueryRunner, deadline: Deadline): Promise<void> {
    const unknown = patterns.filter((pattern) => !this.#valid.has(pattern));
    if (unknown.length === 0) {
      return;
    }
    await runner.run(`SELECT ${unknown.map((pattern) => `match('', ${textLiteral(pattern)})`).join(', ')}`, deadline);
    if (this.#valid.size + unknown.length > REMEMBERED_MAX) {
      this.#valid.clear();
    }
    for (const pattern of unknown) {
      this.#valid.add(pattern);
    }
  }
}

function patternsOf({ matchers, lineFilters }: Pick<LogSelection, 'matchers' | 'lineFilters'>): string[] {
  return [
    ...matchers
      .filter(({ op, value }) => (op === '=~' || op === '!~') && plainAlternatives(value) === undefined)
      .map(({ value }) => wholeValuePattern(value)),
    ...lineFilters.filter(({ op }) => op === '|~' || op === '!~').flatMap(({ values }) => values.map(anywherePattern)),
  ];
}
