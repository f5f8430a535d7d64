// The expressions are run by RE2 in the store: https://github.com/google/re2/wiki/Syntax
import { checkRegexSize, invalidQuery } from '@aegisguard/model';
import { RE2JS, RE2JSException } from 're2js';

/** Throws `invalid-query` at the literal's position unless RE2 understands the expression and it is of a size that can be run. */
export function checkRegex(pattern: string, position: number): void {
  checkRegexSize(pattern, position);
  try {
    RE2JS.compile(pattern);
  } catch (error) {
    throw error instanceof RE2JSException ? invalidQuery(position, error.message.slice(0, 200)) : error;
  }
}
