// The expressions are run by RE2 in the store: https://github.com/google/re2/wiki/Syntax
import { checkRegexSize, invalidQuery, regexSizeBound } from '@aegisguard/model';
import { RE2JS, RE2JSException } from 're2js';

/** Instructions of all compiled programs of a query together: compiling so many takes some 0.2 s. */
const PROGRAM_SIZES_MAX = 100_000;
const PROBLEM_LENGTH_MAX = 200;

/** Checks the regular expressions of one query, which together have a bound, too. */
export class RegexBudget {
  #left = PROGRAM_SIZES_MAX;

  /** Throws `invalid-query` at the literal's position unless RE2 understands the expression and it is of a size that can be run. */
  check(pattern: string, position: number): void {
    checkRegexSize(pattern, position);
    this.#left -= regexSizeBound(pattern);
    if (this.#left < 0) {
      throw invalidQuery(position, 'the regular expressions of this query are too large together');
    }
    try {
      RE2JS.compile(pattern);
    } catch (error) {
      throw error instanceof RE2JSException
        ? invalidQuery(position, error.message.slice(0, PROBLEM_LENGTH_MAX).toWellFormed())
        : error;
    }
  }
}
