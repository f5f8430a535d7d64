// The expressions are run by RE2 in the store: https://github.com/google/re2/wiki/Syntax
import { regexSizeBound } from '@aegisguard/model';
import { RE2JS, RE2JSException } from 're2js';
import { invalidQuery } from './query-error.ts';

/** Longer than alternations of some hundreds of service names. */
const PATTERN_LENGTH_MAX = 10_000;
/** Instructions of the compiled program: RE2's own default memory (8 MiB) allows some 100,000 over UTF-8 bytes, and compiling this many takes some 30 ms here. */
const PROGRAM_SIZE_MAX = 20_000;

/** Throws `invalid-query` at the literal's position unless RE2 understands the expression and it is of a size that can be run. */
export function checkRegex(pattern: string, position: number): void {
  if (pattern.length > PATTERN_LENGTH_MAX) {
    throw invalidQuery(position, `a regular expression has at most ${PATTERN_LENGTH_MAX} characters`);
  }
  if (regexSizeBound(pattern) > PROGRAM_SIZE_MAX) {
    throw invalidQuery(
      position,
      'this regular expression is too large: its repetitions multiply to more than can be run',
    );
  }
  try {
    RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSException) {
      throw invalidQuery(position, error.message.slice(0, 200));
    }
    throw error;
  }
}
