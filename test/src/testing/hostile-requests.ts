import fc from 'fast-check';
import { hostileLogQuery, hostileMetricQuery, hostileQuery, hostileSelector } from './hostile-queries.ts';
import {
  EXPRESSIONS,
  hostileName,
  hostileText,
  mostly,
  NUMBERS,
  PATHS,
  SPANS,
  TEMPLATES,
  TIMES,
} from './hostile-texts.ts';

/** What an attacker knows: the id of another organization, and of both places of logs and cursors. */
export interface Knowledge {
  readonly orgId: string;
  readonly logs: readonly { readonly id: string; readonly timestamp: string }[];
  readonly cursors: readonly string[];
}

/** One question. */
export interface HostileRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** What stands behind `?`. */
  readonly search?: string;
  readonly json?: unknown;
  readonly form?: string;
  /** A tail is watched for a moment only. */
  readonly tail?: 'events' | 'socket';
  readonly headers?: Readonly<Record<string, string>>;
}

const JUNK: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(null, -1, 0, 1e308, 1.5, true, [], {}, [[]], 2 ** 53, '1'),
);

type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** An object whose first fields are there and mostly right, and whose others seldom are. */
function fields(always: Fields, seldom: Fields): fc.Arbitrary<Record<string, unknown>> {
  const mostlyRight = mapFields(always, (field) => fc.oneof({ weight: 40, arbitrary: field }, JUNK));
  const mostlyAbsent = mapFields(seldom, (field) =>
    fc.oneof(
      { weight: 36, arbitrary: fc.constant(undefined) },
      { weight: 3, arbitrary: field },
      { weight: 1, arbitrary: JUNK },
    ),
  );
  return fc.tuple(fc.record(mostlyRight), fc.record(mostlyAbsent)).map(([there, rare]) => ({
    ...there,
    ...Object.fromEntries(Object.entries(rare).filter(([, one]) => one !== undefined)),
  }));
}

function mapFields(of: Fields, map: (field: fc.Arbitrary<unknown>) => fc.Arbitrary<unknown>): Fields {
  return Object.fromEntries(Object.entries(of).map(([name, field]) => [name, map(field)]));
}

const time = fc.oneof<fc.Arbitrary<string | number>[]>(
  mostly(TIMES),
  mostly(TIMES),
  fc.constantFrom(0, -1, 1e300, 1.5e9),
);
const times = { start: time, end: time };
const names = fc.array(
  hostileName.map((name) => name.slice(0, 300)),
  { maxLength: 6 },
);
const limit = fc.integer({ min: 1, max: 200 });

/** Cursors of one's own and of others, whole or with a character changed. */
function cursor({ cursors }: Knowledge): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(...cursors),
    fc
      .tuple(fc.constantFrom(...cursors), fc.nat(200), fc.constantFrom('A', '_', '=', "'", '\u0000'))
      .map(([text, at, other]) => text.slice(0, at % text.length) + other + text.slice((at % text.length) + 1)),
  );
}

function place({ logs }: Knowledge): fc.Arbitrary<{ id: unknown; timestamp: unknown }> {
  return fc.constantFrom(...logs).chain((log) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(log) },
      fc.record({
        id: fc.oneof(fc.constantFrom(log.id, `${log.id}0`, `${log.id}'`, '0'.repeat(36), 'a-b'), hostileText),
        timestamp: fc.oneof(fc.constant(log.timestamp), time),
      }),
    ),
  );
}

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('regex'), expression: mostly(EXPRESSIONS) }),
    fc.record({
      kind: fc.constant('grok'),
      patterns: fc.array(fc.constantFrom('%{DATA:a}', '%{GREEDYDATA:__proto__}', '%{A}', '%{WORD:a b}', '(a+)+$'), {
        minLength: 1,
        maxLength: 3,
      }),
      definitions: fc.constantFrom({}, { A: '%{B}%{B}', B: '%{A}' }, { A: '%{B}%{B}', B: '(x{90}){90}' }),
    }),
    fc.record({ kind: fc.constant('json'), expressions: fc.dictionary(hostileName, mostly(PATHS)) }),
    fc.record({ kind: fc.constant('template'), source: hostileName, template: mostly(TEMPLATES) }),
    fc.record({
      kind: fc.constant('replace'),
      expression: mostly(EXPRESSIONS),
      replacement: mostly(TEMPLATES),
    }),
    fc.record({ kind: fc.constantFrom('labels', 'nope'), labels: fc.dictionary(hostileName, hostileName) }),
    fc.record({ kind: fc.constant('rename'), names: fc.dictionary(hostileName, hostileName) }),
    fc.record({
      kind: fc.constant('timestamp'),
      source: hostileName,
      formats: fc.array(hostileText, { minLength: 1 }),
    }),
    fc.record({ kind: fc.constant('match'), selector: hostileSelector, steps: fc.constant([{ kind: 'decolorize' }]) }),
  ),
  { minLength: 1, maxLength: 4 },
);

const rules = fc.record({
  name: hostileText.map((text) => text.slice(0, 90)),
  selector: fc.oneof(fc.constant('{}'), hostileLogQuery),
  steps,
});

const YAML = [
  'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d]',
  '['.repeat(20_000),
  `${'- '.repeat(5000)}a`,
  'pipeline_stages: !!js/function "x"',
  'pipeline_stages:\n- regex:\n    expression: "(a+)+$"\n- template: {source: a, template: "{{"}',
  'pipeline_stages:\n- match: {selector: \'{a="b"} |~ "("\', stages: [{json: {expressions: {a: "b["}}}]}',
  '__proto__: {pipeline_stages: []}',
];

/** Requests of our own API. */
function ownRequest(knowledge: Knowledge): fc.Arbitrary<HostileRequest> {
  const post = (path: string, json: fc.Arbitrary<unknown>): fc.Arbitrary<HostileRequest> =>
    json.map((body) => ({ method: 'POST', path, json: body }));
  const asked = { query: hostileLogQuery };
  const step = fc.oneof(mostly(SPANS), fc.double(), fc.constantFrom(1e-9, 1e300));
  return fc.oneof(
    {
      weight: 6,
      arbitrary: post(
        '/query/logs/search',
        fields(
          { query: hostileQuery },
          { ...times, limit, step, direction: fc.constant('forward'), cursor: cursor(knowledge) },
        ),
      ),
    },
    post('/query/logs/histogram', fields(asked, { ...times, buckets: limit })),
    post('/query/logs/facets', fields(asked, { ...times, labels: names, limit })),
    post('/query/logs/patterns', fields(asked, { ...times, limit, buckets: limit })),
    post('/query/logs/compare', fields({ ...asked, from: fc.constant('now-20m'), to: fc.constant('now') }, times)),
    post(
      '/query/logs/context',
      fc.tuple(place(knowledge), fields({}, { before: limit, after: limit, labels: names })).map(([log, more]) => ({
        ...log,
        ...more,
      })),
    ),
    post(
      '/query/logs/export',
      fields(asked, {
        ...times,
        format: fc.constant('csv'),
        columns: names,
        after: place(knowledge),
        direction: fc.constant('forward'),
      }),
    ),
    post(
      '/log-pipelines/preview',
      fields(
        { pipelines: fc.record({ rules: fc.array(rules, { maxLength: 3 }) }) },
        {
          lines: fc.array(hostileText, { minLength: 1, maxLength: 3 }),
          query: hostileLogQuery,
          ...times,
        },
      ),
    ),
    post('/log-pipelines/import', fields({ yaml: fc.oneof(fc.constantFrom(...YAML), hostileText) }, {})),
    fields(asked, { start: time, limit }).map(
      (parameters): HostileRequest => ({
        method: 'GET',
        path: '/query/logs/tail',
        search: searchOf({ start: 'now-1h', ...parameters }),
        tail: 'events',
      }),
    ),
  );
}

/** Requests of Loki's API. */
function lokiRequest(): fc.Arbitrary<HostileRequest> {
  const ranges = { start: time, end: time, since: mostly(SPANS) };
  const count = mostly(NUMBERS);
  const step = fc.oneof(count, mostly(SPANS));
  const get = (path: fc.Arbitrary<string> | string, parameters: fc.Arbitrary<object>): fc.Arbitrary<HostileRequest> =>
    fc.tuple(typeof path === 'string' ? fc.constant(path) : path, parameters).map(([where, given]) => ({
      method: 'GET',
      path: `/loki/api/v1/${where}`,
      search: searchOf(given),
    }));
  /** Some by POST, as a form. */
  const ask = (path: string, parameters: fc.Arbitrary<object>): fc.Arbitrary<HostileRequest> =>
    fc
      .tuple(fc.boolean(), get(path, parameters))
      .map(([isForm, { search = '', ...rest }]) =>
        isForm ? { ...rest, method: 'POST', form: search } : { ...rest, search },
      );
  const under = (path: string, rest: string) => hostileName.map((name) => `${path}/${segment(name)}/${rest}`);
  const logQuery = { query: hostileLogQuery };
  const volume = { targetLabels: names.map(String), aggregateBy: hostileText, limit: count, step, ...ranges };
  return fc.oneof(
    {
      weight: 4,
      arbitrary: ask(
        'query_range',
        fields({ query: hostileQuery }, { ...ranges, step, limit: count, interval: step, direction: hostileText }),
      ),
    },
    { weight: 3, arbitrary: ask('query', fields({ query: hostileMetricQuery }, { time, limit: count })) },
    ask('labels', fields({}, { ...ranges, query: hostileSelector })),
    get(under('label', 'values'), fields({}, { ...ranges, query: hostileSelector })),
    ask('series', fields({ 'match[]': hostileSelector }, { ...ranges, match: hostileSelector })),
    ask('index/stats', fields({ query: hostileSelector }, ranges)),
    ask('index/volume', fields({ query: hostileSelector }, volume)),
    ask('index/volume_range', fields({ query: hostileSelector }, volume)),
    get('patterns', fields(logQuery, { ...ranges, step })),
    ask('detected_fields', fields(logQuery, { ...ranges, limit: count, line_limit: count })),
    get(under('detected_field', 'values'), fields(logQuery, { ...ranges, limit: count })),
    get('detected_labels', fields({}, { ...ranges, query: hostileSelector })),
    ask('format_query', fields({ query: hostileQuery }, {})),
    get('tail', fields(logQuery, { start: time, limit: count, delay_for: count })).map((request) => ({
      ...request,
      tail: 'socket' as const,
    })),
  );
}

/** A segment of a path that stays one. */
function segment(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(/^\.{1,2}$/, '%2E') || '%20';
}

function searchOf(parameters: object): string {
  return new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

/** Addresses that are no proper ones: bytes that are no UTF-8, parameters twice, names that objects have. */
const SEARCHES = [
  'query=%7Bservice%3D%22shared%22%7D%00',
  'query=%ff%fe%c0%80',
  'query=%',
  'query=%zz&query=%7B%7D',
  'query=%7B%7D&query=%7B%7D&limit=1&limit=2',
  'query[]=%7B%7D',
  '__proto__=x&constructor=y&query=%7Bservice%3D%22shared%22%7D',
  'query[__proto__]=x',
  `${'a=b&'.repeat(900)}query=%7B%7D`,
];

/** All that may be asked. */
export function hostileRequest(knowledge: Knowledge): fc.Arbitrary<HostileRequest> {
  const question = fc.oneof(ownRequest(knowledge), lokiRequest());
  return fc.oneof(
    { weight: 20, arbitrary: question },
    question.map((request) => ({ ...request, headers: { 'x-org-id': knowledge.orgId } })),
    fc.tuple(lokiRequest(), fc.constantFrom(...SEARCHES)).map(([request, search]) => ({ ...request, search })),
  );
}
