import { invalidQuery, problemOfQuery } from '@aegisguard/model';

/** Runs what reads the text of a literal and knows nothing of the query around it; what it refuses is said at the literal's position, with `before` in front. */
export function atPosition<T>(position: number, read: () => T, before = ''): T {
  try {
    return read();
  } catch (error) {
    const refusal = problemOfQuery(error);
    throw refusal === undefined ? error : invalidQuery(position, before + refusal.problem);
  }
}
