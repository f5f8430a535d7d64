import { invalidQuery } from './query-error.ts';
import { regexSizeBound } from './regex-size-bound.ts';

/** Longer than alternations of some hundreds of names. */
const PATTERN_LENGTH_MAX = 10_000;
/** Instructions of the compiled program: RE2's own default memory (8 MiB) allows some 100,000 over UTF-8 bytes, and compiling this many takes some 30 ms in RE2JS. */
const PROGRAM_SIZE_MAX = 20_000;

/** Throws `invalid-query` at the position for a regular expression that is too large to be run. */
export function checkRegexSize(pattern: string, position: number): void {
  if (pattern.length > PATTERN_LENGTH_MAX) {
    throw invalidQuery(position, `a regular expression has at most ${PATTERN_LENGTH_MAX} characters`);
  }
  if (regexSizeBound(pattern) > PROGRAM_SIZE_MAX) {
    throw invalidQuery(
      position,
      'this regular expression is too large: its repetitions multiply to more than can be run',
    );
  }
}
