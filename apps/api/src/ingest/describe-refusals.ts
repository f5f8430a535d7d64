import type { BatchVerdict } from '@aegisguard/protocols';

/** Enough to find the fault, short enough for a log line of the client's. */
const SHOWN_MAX = 3;

/** Refused records as one sentence, for protocols whose answer has room for a text only. */
export function describeRefusals({ rejected, total }: BatchVerdict): string {
  const shown = rejected.slice(0, SHOWN_MAX).map(({ index, path, message }) => `#${index}${path}: ${message}`);
  const more = rejected.length > SHOWN_MAX ? `; and ${rejected.length - SHOWN_MAX} more` : '';
  return `${rejected.length} of ${total} records were refused: ${shown.join('; ')}${more}`;
}
