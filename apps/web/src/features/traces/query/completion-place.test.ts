import { expect, it } from 'vitest';
import { completionPlace } from './completion-place.ts';

/** What can be completed at `|` in a query, and from where. */
function placeAt(marked: string): string {
  const at = marked.indexOf('¦');
  const place = completionPlace(marked.replace('¦', ''), at);
  if (place === undefined) {
    return 'nothing';
  }
  const { kind, from } = place;
  const more = place.kind === 'value' ? ` of ${place.field}${place.isQuoted ? ' in quotes' : ''}` : '';
  const named = place.kind === 'field' && !place.isCompared ? ' by name' : '';
  return `${kind}${more}${named} from ${JSON.stringify(marked.slice(from, at))}`;
}

it.each([
  ['¦', 'beginning from ""'],
  ['{¦', 'field from ""'],
  ['{ du¦', 'field from "du"'],
  ['{ span.¦', 'field from "span."'],
  ['{ .ht¦', 'field from ".ht"'],
  ['{ resource.service.na¦ }', 'field from "resource.service.na"'],
  ['{ name ¦', 'comparison from ""'],
  ['{ name = ¦', 'value of name from ""'],
  ['{ status = er¦', 'value of status from "er"'],
  ['{ span.http.route =~ "/car¦', 'value of span.http.route in quotes from "/car"'],
  ['{ span.http.route = "/cart" ¦', 'connective from ""'],
  ['{ .a = 1 && ¦', 'field from ""'],
  ['{ (.a = 1 || na¦', 'field from "na"'],
  ['{ .a = .b ¦', 'connective from ""'],
  ['{ } ¦', 'relation from ""'],
  ['{ } >> ¦', 'beginning from ""'],
  ['{ } >> {¦', 'field from ""'],
  ['{ } | ¦', 'stage from ""'],
  ['{ } | cou¦', 'stage from "cou"'],
  ['{ } | by(¦', 'field by name from ""'],
  ['{ } | select(name, sp¦', 'field by name from "sp"'],
  ['{ } | avg(dur¦', 'field by name from "dur"'],
  ['{ } | count() ¦', 'relation from ""'],
  ['{ } | rate() ¦', 'series-relation from ""'],
  ['{ } | rate() by (¦', 'field by name from ""'],
  ['{ } | rate() | ¦', 'series-stage from ""'],
  ['{ } | topk(¦', 'nothing'],
  ['{ } | quantile_over_time(duration, ¦', 'nothing'],
  ['{ } | compare({ st¦', 'field from "st"'],
  ['// no¦', 'nothing'],
  ['{ "a¦', 'nothing'],
])('%s', (marked, wanted) => {
  expect(placeAt(marked)).toBe(wanted);
});
