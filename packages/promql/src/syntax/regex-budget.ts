import { invalidQuery, regexSizeBound } from '@aegisguard/model';
import type { RE2JS } from 're2js';
import { checkRegex } from './check-regex.ts';

/** Instructions of all compiled programs of a query together: compiling so many takes some 0.2 s. */
const PROGRAM_SIZES_MAX = 100_000;

/** Compiles the regular expressions of one query, or of the queries of one request, which together have a bound, too. */
export class RegexBudget {
  #left = PROGRAM_SIZES_MAX;

  compile(pattern: string, position: number): RE2JS {
    const isSpent = this.#left < 0;
    this.#left -= regexSizeBound(pattern);
    // What is wrong with the one that is too much is said first; those after it are not even compiled.
    const regex = isSpent ? undefined : checkRegex(pattern, position);
    if (regex === undefined || this.#left < 0) {
      throw invalidQuery(position, 'the regular expressions of this request are too large together');
    }
    return regex;
  }
}
