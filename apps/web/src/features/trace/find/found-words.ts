import { formatCount } from '../../../lib/number-format.ts';
import { placeOf } from '../model/visible-rows.ts';
import type { TraceSearch } from './use-trace-search.ts';

/** Which of the matches the cursor is at, of how many. */
export function foundWords(
  { matches, count, isAsking, error }: Pick<TraceSearch, 'matches' | 'count' | 'isAsking' | 'error'>,
  row: number | undefined,
): string {
  const place = row === undefined ? -1 : placeOf(matches, row);
  const at = place >= 0 && matches[place] === row ? `${formatCount(place + 1)} of ` : '';
  const marked = count > matches.length ? ` (${formatCount(matches.length)} of them marked)` : '';
  const more = isAsking ? '…' : error === undefined ? '' : ' (attributes could not be searched)';
  return `${at}${formatCount(count)}${marked}${more}`;
}
