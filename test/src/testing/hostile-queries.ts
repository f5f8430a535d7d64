// https://grafana.com/docs/loki/latest/query/
import fc from 'fast-check';
import {
  ADDRESSES,
  EXPRESSIONS,
  FORMS,
  GROUPS,
  hostileName,
  hostileText,
  mostly,
  NUMBERS,
  PATHS,
  PATTERNS,
  SIZES,
  SPANS,
  TEMPLATES,
} from './hostile-texts.ts';

/** As a text of LogQL; now and then its quotes do not hold. */
function quoted(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(text, fc.integer({ min: 0, max: 59 })).map(([value, form]) => {
    switch (form) {
      case 0:
        return `"${value}"`;
      case 1:
        return `'${value}'`;
      default:
        return form < 20 && !value.includes('`') ? `\`${value}\`` : JSON.stringify(value.toWellFormed());
    }
  });
}

/** Parts side by side. */
function joined(...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((texts) => texts.join(''));
}

function list(part: fc.Arbitrary<string>, separator: string, maxLength: number, minLength = 0): fc.Arbitrary<string> {
  return fc.array(part, { minLength, maxLength }).map((parts) => parts.join(separator));
}

const number = mostly(NUMBERS);
const span = fc.oneof({ weight: 2, arbitrary: fc.constant('5m') }, { weight: 2, arbitrary: mostly(SPANS) });
const text = quoted(hostileText);
const expression = quoted(mostly(EXPRESSIONS));
const template = quoted(mostly(TEMPLATES));
const address = joined('ip(', quoted(mostly(ADDRESSES)), ')');

const matcher = fc.oneof(
  joined(hostileName, fc.constantFrom('=', '!='), text),
  joined(hostileName, fc.constantFrom('=~', '!~'), expression),
);

/** Half of them find what there is. */
export const hostileSelector: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('{service="shared"}', '{owner=~".+"}', '{}', '{app!=""}') },
  { weight: 3, arbitrary: joined('{', list(matcher, ',', 4), '}') },
  joined('{service="shared",', matcher, '}'),
);

const lineFilter = fc.oneof(
  joined(fc.constantFrom('|=', '!='), list(fc.oneof(text, address), ' or ', 3, 1)),
  joined(fc.constantFrom('|~', '!~'), list(expression, ' or ', 3, 1)),
  joined(fc.constantFrom('|>', '!>'), quoted(mostly(FORMS))),
);

const labelFilter = fc.oneof(
  joined('|', matcher),
  joined('|', hostileName, fc.constantFrom('=', '!='), address),
  joined(
    '|',
    hostileName,
    fc.constantFrom('>', '>=', '<', '<=', '==', '!='),
    fc.oneof(mostly(NUMBERS), mostly(SPANS), mostly(SIZES)),
  ),
  joined(
    '|',
    fc.integer({ min: 0, max: 120 }).map((depth) => '('.repeat(depth)),
    list(matcher, ' or ', 4, 1),
    ')',
  ),
  joined('|', list(matcher, ' and ', 4, 1)),
);

const parser = fc.oneof(
  fc.constantFrom('| json', '| logfmt', '| logfmt --strict --keep-empty', '| unpack', '| decolorize'),
  joined('| json ', list(joined(hostileName, '=', quoted(mostly(PATHS))), ',', 3, 1)),
  joined('| logfmt ', list(joined(hostileName, '=', text), ',', 3, 1)),
  joined('| regexp ', quoted(mostly(GROUPS))),
  joined('| pattern ', quoted(mostly(PATTERNS))),
);

const format = fc.oneof(
  joined('| line_format ', template),
  joined('| label_format ', list(joined(hostileName, '=', fc.oneof(template, hostileName)), ',', 3, 1)),
  joined(fc.constantFrom('| drop ', '| keep '), list(fc.oneof(hostileName, matcher), ',', 3, 1)),
);

/** Log queries. */
export const hostileLogQuery: fc.Arbitrary<string> = joined(
  hostileSelector,
  list(fc.oneof(lineFilter, labelFilter, parser, format), ' ', 4),
);

const range = fc
  .tuple(span, fc.oneof({ weight: 3, arbitrary: fc.constant('') }, joined(' offset ', span)))
  .map(([length, offset]) => `[${length}]${offset}`);

const unwrapped = joined(
  hostileLogQuery,
  '| unwrap ',
  fc.oneof(
    hostileName,
    joined(fc.constantFrom('duration', 'bytes', 'duration_seconds', 'nope'), '(', hostileName, ')'),
  ),
  range,
);

const grouping = fc.oneof(
  fc.constant(''),
  joined(fc.constantFrom(' by (', ' without ('), list(hostileName, ',', 4), ')'),
);

const aggregation = fc.oneof(
  joined(
    fc.constantFrom('count_over_time', 'rate', 'bytes_over_time', 'bytes_rate', 'absent_over_time'),
    '(',
    hostileLogQuery,
    range,
    ')',
  ),
  joined(fc.constantFrom('sum_over_time', 'rate_counter'), '(', unwrapped, ')'),
  joined(fc.constantFrom('avg_over_time', 'stddev_over_time', 'first_over_time'), '(', unwrapped, ')', grouping),
  joined('quantile_over_time(', number, ',', unwrapped, ')', grouping),
);

/** Metric queries, some of them nested deeply. */
export const hostileMetricQuery: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: aggregation },
    number,
    joined('vector(', number, ')'),
    joined(fc.constantFrom('sum', 'avg', 'stdvar', 'count', 'sort'), grouping, '(', tie('any'), ')'),
    joined(fc.constantFrom('topk', 'bottomk', 'approx_topk'), '(', number, ',', tie('any'), ')', grouping),
    joined('label_replace(', tie('any'), ',', text, ',', text, ',', text, ',', expression, ')'),
    joined(
      tie('any'),
      fc.constantFrom('+', '/', '%', '^', '==', '> bool ', ' and ', ' unless ', ' + on(owner) group_left(level) '),
      tie('any'),
    ),
    fc
      .tuple(fc.constantFrom('sum(', '(', '2^'), fc.integer({ min: 1, max: 110 }), aggregation)
      .map(([piece, times, inner]) => piece.repeat(times) + inner + (piece.endsWith('(') ? ')'.repeat(times) : '')),
  ),
})).any;

const whole = fc.oneof(hostileLogQuery, hostileMetricQuery);

/** What may be sent as a query: whole ones, broken ones, and what is none. */
export const hostileQuery: fc.Arbitrary<string> = fc.oneof(
  { weight: 16, arbitrary: whole },
  fc.tuple(whole, fc.double({ min: 0, max: 1, noNaN: true }), hostileText).map(([query, place, piece]) => {
    const at = Math.floor(place * query.length);
    return query.slice(0, at) + piece + query.slice(at + 1);
  }),
  hostileText,
);
