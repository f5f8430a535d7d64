// https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/
import fc from 'fast-check';
import type { HostileRequest } from './hostile-requests.ts';
import { EXPRESSIONS, hostileName, hostileText, mostly, NUMBERS, SPANS, TIMES } from './hostile-texts.ts';

function joined(...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((texts) => texts.join(''));
}

function quoted(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.integer({ min: 0, max: 19 }))
    .map(([value, form]) => (form === 0 ? `"${value}"` : JSON.stringify(value.toWellFormed())));
}

/** Names that spans have, and others. */
const NAMES = ['owner', 'user.name', 'took', 'http.status_code', 'a', 'service.name', 'constructor', '__proto__'];
const INTRINSICS = [
  'name',
  'duration',
  'status',
  'kind',
  'statusMessage',
  'rootName',
  'rootServiceName',
  'traceDuration',
  'nestedSetParent',
  'nestedSetLeft',
  'childCount',
  'event:name',
  'event:timeSinceStart',
  'link:traceID',
  'instrumentation:name',
  'span:id',
  'span:parentID',
  'trace:id',
  'parent',
  'parent.duration',
];
const attribute = joined(
  fc.constantFrom('.', '.', 'span.', 'resource.', 'event.', 'link.', 'instrumentation.', 'parent.span.', 'parent.'),
  fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...NAMES) },
    { weight: 2, arbitrary: quoted(hostileText) },
    { weight: 1, arbitrary: hostileName },
  ),
);
const field = fc.oneof(attribute, fc.constantFrom(...INTRINSICS));
const value = fc.oneof(
  quoted(hostileText),
  mostly(NUMBERS),
  mostly(SPANS),
  fc.constantFrom('error', 'ok', 'server', 'true', 'false', 'nil', '1ms', '-5s', '0', '200', 'maxInt'),
);
const ORDER = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
const TEXTS = ['name', 'statusMessage', 'rootName', 'event:name', 'instrumentation:name', 'trace:id', 'span:id'];
const COUNTS = [
  'duration',
  'traceDuration',
  'nestedSetParent',
  'childCount',
  'event:timeSinceStart',
  'parent.duration',
];
const comparison = fc.oneof(
  { weight: 6, arbitrary: joined(attribute, ' ', ORDER, ' ', value) },
  { weight: 2, arbitrary: joined(fc.constantFrom(...TEXTS), ' ', ORDER, ' ', quoted(hostileText)) },
  { weight: 2, arbitrary: joined(fc.constantFrom(...COUNTS), ' ', ORDER, ' ', mostly(SPANS)) },
  {
    weight: 1,
    arbitrary: joined('status ', fc.constantFrom('=', '!='), ' ', fc.constantFrom('error', 'ok', 'server')),
  },
  { weight: 1, arbitrary: joined(field, ' ', ORDER, ' ', value) },
  { weight: 2, arbitrary: joined(attribute, ' ', fc.constantFrom('=~', '!~'), ' ', quoted(mostly(EXPRESSIONS))) },
  { weight: 1, arbitrary: joined(attribute, fc.constantFrom(' = ', ' =~ ', ' + 1 > ', ' % '), field) },
  { weight: 2, arbitrary: joined(attribute, fc.constantFrom(' != nil', ' = nil')) },
);
const condition: fc.Arbitrary<string> = fc.letrec<{ one: string }>((tie) => ({
  one: fc.oneof(
    { depthSize: 'small' },
    { weight: 5, arbitrary: comparison },
    { weight: 2, arbitrary: joined('(', tie('one'), fc.constantFrom(' && ', ' || '), tie('one'), ')') },
    { weight: 1, arbitrary: joined('!(', tie('one'), ')') },
    { weight: 1, arbitrary: fc.constantFrom('true', '', '1 = 1') },
    { weight: 1, arbitrary: fc.constantFrom('('.repeat(200), '.a'.repeat(500), '!'.repeat(90)) },
  ),
})).one;
const OPERATORS = ['&&', '||', '>', '>>', '<', '<<', '~', '!>', '!>>', '!<<', '!~', '&>', '&>>', '&<', '&~', '>>>'];
const spansets: fc.Arbitrary<string> = fc.letrec<{ one: string }>((tie) => ({
  one: fc.oneof(
    { depthSize: 'small' },
    { weight: 5, arbitrary: joined('{ ', condition, ' }') },
    { weight: 3, arbitrary: fc.constant('{}') },
    { weight: 3, arbitrary: joined(tie('one'), ' ', fc.constantFrom(...OPERATORS), ' ', tie('one')) },
    { weight: 1, arbitrary: joined('(', tie('one'), ')') },
  ),
})).one;
const stage = fc.oneof(
  joined('by(', field, ')'),
  joined('select(', field, ', ', field, ')'),
  joined(fc.constantFrom('count()', 'avg(duration)', 'max(.took)'), fc.constantFrom(' > ', ' != '), mostly(NUMBERS)),
  joined('sum(.a) >= ', value),
  joined('{ ', condition, ' }'),
  fc.constantFrom('coalesce()', 'count() >= 0', 'nothing()'),
);
const pipeline = fc
  .tuple(spansets, fc.array(stage, { maxLength: 3 }))
  .map(([first, others]) => [first, ...others].join(' | '));
const groups = fc
  .array(field, { maxLength: 3 })
  .map((fields) => (fields.length === 0 ? '' : ` by (${fields.join(', ')})`));
const metrics = joined(
  fc.oneof({ weight: 3, arbitrary: joined('{ ', condition, ' }') }, { weight: 2, arbitrary: pipeline }),
  ' | ',
  fc.oneof(
    joined(fc.constantFrom('rate()', 'count_over_time()'), groups),
    joined(
      fc.constantFrom('avg', 'min', 'max', 'sum', 'histogram'),
      '_over_time(',
      fc.oneof({ weight: 3, arbitrary: fc.constantFrom('duration', '.took') }, { weight: 1, arbitrary: field }),
      ')',
      groups,
    ),
    joined('quantile_over_time(', field, ', ', fc.constantFrom('.5', '.9, .1', '2', '-1'), ')', groups),
    joined('compare({ ', condition, ' }', fc.constantFrom('', ', 3', ', 0', ', 9, 1, 2'), ')'),
  ),
  fc.constantFrom('', '', ' | topk(3)', ' | bottomk(1)', ' > 0', ' | topk(0)', ' with (exemplars=true)'),
);

const times = fc.record({ start: mostly(TIMES), end: mostly(TIMES) }, { requiredKeys: [] });
/** Most questions are of the last hour. */
const range = fc.oneof({ weight: 8, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: times });

function question(
  path: string,
  body: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  requiredKeys: string[] = [],
): fc.Arbitrary<HostileRequest> {
  return fc
    .tuple(fc.record(body, { requiredKeys }), range)
    .map(([json, time]) => ({ method: 'POST', path: `/query/traces/${path}`, json: { ...json, ...time } }));
}

/** Most steps are right, so that most funnels with several are. */
const funnelStep = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom({ query: '{}' }, { service: 'shared' }, { operation: 'step' }) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        name: hostileText,
        service: fc.oneof(fc.constant('shared'), hostileText),
        operation: hostileText,
        query: fc.oneof(pipeline, joined('{ ', condition, ' }')),
        errorsOnly: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  },
);

/** A question about traces, of which much is wrong or strange. */
export const hostileTraceRequest: fc.Arbitrary<HostileRequest> = fc.oneof(
  {
    weight: 5,
    arbitrary: question(
      'search',
      {
        query: pipeline,
        limit: fc.constantFrom(1, 20, 1000, 0, -1, '5'),
        sort: fc.constantFrom('newest', 'slowest'),
        spansPerTrace: fc.constantFrom(0, 3, 100),
      },
      ['query'],
    ),
  },
  {
    weight: 2,
    arbitrary: question('search', {
      service: fc.oneof(fc.constant('shared'), hostileText),
      operation: hostileText,
      attributes: fc.dictionary(fc.oneof(fc.constant('owner'), hostileText), fc.oneof(hostileText, fc.double()), {
        maxKeys: 2,
      }),
      minDurationMs: fc.constantFrom(0, 1e300, -1, 0.5),
      cursor: hostileText,
    }),
  },
  {
    weight: 4,
    arbitrary: question(
      'metrics',
      {
        query: metrics,
        step: fc.oneof(mostly(SPANS), fc.constantFrom(60, '1m', 1e-9)),
        exemplars: fc.constantFrom(0, 10),
      },
      ['query'],
    ),
  },
  {
    weight: 2,
    arbitrary: question('overview', {
      query: pipeline,
      facets: fc.array(field, { maxLength: 3 }),
      steps: fc.constantFrom(1, 80, 501),
    }),
  },
  {
    weight: 2,
    arbitrary: question(
      'funnel',
      {
        steps: fc.oneof(
          { weight: 9, arbitrary: fc.array(funnelStep, { minLength: 2, maxLength: 4 }) },
          { weight: 1, arbitrary: fc.array(funnelStep, { maxLength: 9 }) },
        ),
        buckets: fc.constantFrom(1, 60, 500),
        listed: fc.constantFrom(0, 10, 20),
      },
      ['steps'],
    ),
  },
  { weight: 1, arbitrary: question('fields', { query: pipeline }) },
  { weight: 1, arbitrary: question('values', { field: fc.oneof(field, hostileText), query: pipeline }, ['field']) },
);
