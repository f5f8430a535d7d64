import type { LogView } from '@aegisguard/model';

/** What the query's pipeline made of a log's message, or the message. */
export function lineOf({ line, message }: LogView): string {
  return line ?? message;
}
