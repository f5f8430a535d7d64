// The expressions are run by RE2 in the store: https://github.com/google/re2/wiki/Syntax
import { checkRegexSize, invalidQuery } from '@aegisguard/model';
import { RE2JS, RE2JSException } from 're2js';

/** Compiles an expression that matches whole values, its `.` line breaks too. Throws `invalid-query` at the position unless RE2 understands it and it is of a size that can be run. */
export function checkRegex(pattern: string, position: number): RE2JS {
  checkRegexSize(pattern, position);
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch (error) {
    throw error instanceof RE2JSException ? invalidQuery(position, error.message.slice(0, 200)) : error;
  }
}
