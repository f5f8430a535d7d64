import fc from 'fast-check';

// What breaks out of quotes, is more than it looks, or takes long: of each kind of text that a query has.

const OF_QUOTES = [
  "'",
  '"',
  '`',
  "''",
  '"""',
  "\\'",
  '\\',
  '\\\\',
  "\\\\'",
  '\\"',
  "'--",
  '/*',
  '*/',
  '#',
  ';',
  '--',
  ')',
];

const OF_SQL = [
  "' OR 1=1 --",
  "') OR 1=1 --",
  "\\' OR 1=1 --",
  "' OR organization_id != '",
  "'))) UNION ALL SELECT message FROM logs --",
  "\\')) UNION ALL SELECT name FROM system.tables /*",
  "'; DROP TABLE logs; --",
  "' SETTINGS max_execution_time = 0 --",
  "' FORMAT Native",
  "' INTO OUTFILE '/tmp/x",
  "'||sleepEachRow(3)||'",
  "url('http://127.0.0.1:1/')",
  "file('/etc/passwd')",
  '{name:String}',
  '$$heredoc$$',
  'organization_id',
];

const OF_CHARACTERS = [
  '\u0000',
  'a\u0000b',
  '\u001b[31mred\u001b[0m',
  '\u007f\u0085',
  '\u2028\u2029',
  '\ufeff',
  '\r\n',
  '\t',
  '\ud800',
  '\udc00x',
  'a\ud800\ud800b',
  '\u202egnirts\u202c',
  'ʼ＇＂',
  '\u0130ıſK',
  '👩‍👩‍👧‍👦',
  `e${'\u0301'.repeat(300)}`,
  '日本語',
  '\uffff\ufffe',
];

/** Names that the language can write. */
const OF_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '__error__',
  '__error_details__',
  '__preserve_error__',
  '__line__',
  '__timestamp__',
  '__name__',
  'level',
  'service_name',
  'trace_id',
  'labels',
  'facets',
  'g0',
  'bucket',
  'message',
  'organization_id',
  'n'.repeat(3000),
];

const OF_FORMATS = [
  '%',
  '%%',
  '_',
  '%s%n%x',
  '<%= 7*7 %>',
  '<script>alert(1)</script>',
  '=cmd|x',
  '../../etc/passwd',
  '',
];

/** Texts of one kind: those that are of it, though they are more than they look, and those that are not quite. */
export interface Kind {
  readonly fit: readonly string[];
  readonly unfit: readonly string[];
}

export const NUMBERS: Kind = {
  fit: ['0', '1', '3', '0.5', '0.99', '1e-400', '1e308', '9223372036854775807', '9223372036854775808', '0.1e1'],
  unfit: [
    '-0',
    '-1',
    '1e309',
    'NaN',
    'Inf',
    '-Inf',
    '0x7fffffffffffffff',
    '-9223372036854775809',
    '9'.repeat(400),
    '1_000',
    '08',
    '١٢٣',
  ],
};

export const SPANS: Kind = {
  fit: ['5m', '1h', '10s', '1ns', '1ns1ns1ns', '292y', '30d', '1h'.repeat(60), '1.5h'],
  unfit: ['0s', '-1s', '0.0000000000001ns', '293y', '999999999999999h', '5', '1Y', 'm5', '9999999999999999999999d'],
};

export const SIZES: Kind = {
  fit: ['1B', '1.5KiB', '999999999999999PB', '18446744073709551616B', '.5kb'],
  unfit: ['-1MB', '1YB', '1e3MB', 'KB'],
};

export const ADDRESSES: Kind = {
  fit: ['10.0.0.0/8', '0.0.0.0/0', '::/0', '::ffff:1.2.3.4', '10.0.0.1-10.0.0.9', '192.168.0.1'],
  unfit: [
    '255.255.255.255-0.0.0.0',
    '1.2.3.4/99',
    '999.1.1.1',
    '1.2.3.4-',
    'fe80::1%eth0',
    '1.2.3.4-::1',
    ':'.repeat(200),
  ],
};

export const EXPRESSIONS: Kind = {
  fit: [
    '.+',
    '.*',
    '(a+)+$',
    '(.*)*x',
    '(a|a)*b',
    '([a-z]+)*[0-9]$',
    '(?:x+x+)+y',
    '.{0,300}.{0,300}!',
    '\\Q\\E',
    '\\Qa',
    'a{,}',
    '(?i)\\p{L}+\\p{Greek}?',
    '(?s).*\\n.*',
    '|',
    'a||b',
    '\\x{10ffff}?.*',
    '[[:alpha:]\\]-]+',
    'a|b|'.repeat(3000),
    Array.from({ length: 1500 }, (_, at) => `v${at}`).join('|'),
    `x${'|shared'.repeat(900)}`,
    '(?:abc|abd)?'.repeat(60),
    "'.*",
    '[\'"`\\\\]+',
  ],
  unfit: [
    '(?=a)',
    '(?<!a)b',
    '(a{1000}){1000}',
    '((((a{9}){9}){9}){9}){9}',
    '\\1',
    '[',
    '(',
    'a)|(b',
    '(?P<x',
    '^*',
    '\\C\\z',
    '(?P<a>.)(?P<a>.)',
  ],
};

/** Expressions with named groups. */
export const GROUPS: Kind = {
  fit: ['(?P<user>\\w+)=(?P<rest>.*)', '(?P<__error__>.*)', '(?P<a>(?:x+x+)+y?)', '(?P<owner>.)', '(?P<service>a*)*'],
  unfit: EXPRESSIONS.unfit,
};

export const TEMPLATES: Kind = {
  fit: [
    '{{.owner}}',
    '{{.message}} {{ __line__ }}',
    '}}',
    '{{- /* x */ -}}',
    '{{.__proto__}}{{.constructor}}',
    '{{range 1000000000}}x{{end}}',
    '{{range 100000}}{{range 100000}}{{end}}{{end}}',
    '{{define "a"}}{{template "a" .}}{{template "a" .}}{{end}}{{template "a" .}}',
    '{{printf "%99999999d" 1}}',
    '{{printf "%[99999999]*d" 1 2}}',
    '{{printf "%.99999999f|%-99999s" 1.5 .owner}}',
    '{{repeat 1000000000 "x"}}',
    '{{repeat 100000 "x" | repeat 100000}}',
    '{{$x := "a"}}{{range 1000}}{{$x = print $x $x}}{{end}}{{$x}}',
    '{{regexReplaceAll "(a+)+$" __line__ "x"}}',
    '{{count "(x+x+)+y" __line__}}',
    '{{substr -5 99999999999 __line__}}',
    '{{trunc -9223372036854775807 __line__}}',
    '{{div 1 0}}{{mod 1 0}}',
    '{{index (fromJson __line__) "a" 999999}}',
    '{{fromJson __line__}}',
    '{{unixEpoch now}}{{toDate "2006" "x"}}{{date "2006" now}}',
    '{{alignLeft 1000000000 __line__}}',
    '{{alignRight 9999999 __line__}}',
    '{{indent 10000000 __line__}}',
    '{{b64dec __line__}}{{urldecode "%zz"}}',
    '{{with $x := .owner}}{{$x}}{{else}}{{end}}',
    '{{range $k, $v := .}}{{$k}}={{$v}} {{end}}',
  ],
  unfit: [
    '{{',
    '{{.',
    '{{regexReplaceAllLiteral "(" __line__ "x"}}',
    '{{nope}}',
    `{{${'('.repeat(500)}1${')'.repeat(500)}}}`,
    '{{if 1}}'.repeat(200),
  ],
};

export const PATTERNS: Kind = {
  fit: ['<_> <user> <_>', '<_>=<a> <_>', '<__error__> <_>', '\\<a>', '<method> "<_>"', "<_>'<a>'<_>"],
  unfit: ['<_>', '<_><_>', '<a><b>', '<', '<>', '<a b>', '<a>'.repeat(1000), '<_> '.repeat(400)],
};

/** Patterns of lines, which have no names. */
export const FORMS: Kind = {
  fit: ['<_>', '<_> <_>', "<_>'<_>", '{"user":<_>', '<_>\\<_>', '<_> '.repeat(400)],
  unfit: PATTERNS.fit,
};

export const PATHS: Kind = {
  fit: ['a', 'nested.a[1].b', '[0]', 'a["b\'c"]', '["a b"]', 'user', '["__proto__"].a'],
  unfit: [
    'a[0',
    '["',
    'a..b',
    '[999999999999]',
    '[-1]',
    'a["\\u0000"]',
    '*',
    '$',
    '@',
    'keys(@)',
    'a[?b==`1`]',
    '[*].a | [0]',
    '['.repeat(500),
    'a.'.repeat(2000),
  ],
};

export const TIMES: Kind = {
  fit: [
    'now',
    'now-1h',
    'now-999999y',
    'now+5m',
    '0',
    '-1',
    '9223372036854775807',
    '-9223372036854775808',
    '1.5',
    '9999-12-31T23:59:59.999999999Z',
    '0000-01-01T00:00:00Z',
  ],
  unfit: [
    'now-',
    '1e18',
    '9223372036854775808',
    '9'.repeat(60),
    'NaN',
    '2024-02-30T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    "now'--",
  ],
};

/** Any text at all, mostly one that means trouble. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(...OF_QUOTES, ...OF_SQL, ...OF_CHARACTERS, ...OF_NAMES, ...OF_FORMATS),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[NUMBERS, SPANS, ADDRESSES, EXPRESSIONS, TEMPLATES, PATTERNS, PATHS].flatMap(({ fit, unfit }) => [
        ...fit,
        ...unfit,
      ]),
    ),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 40 }) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.constantFrom(...OF_QUOTES, ...OF_SQL, ...OF_CHARACTERS), { maxLength: 5 })
      .map((texts) => texts.join('')),
  },
  fc
    .tuple(fc.constantFrom(...OF_QUOTES, ...OF_CHARACTERS), fc.integer({ min: 2, max: 9000 }))
    .map(([text, times]) => text.repeat(Math.ceil(times / text.length))),
);

/** Mostly one of the kind, now and then not quite, seldom anything. */
export function mostly({ fit, unfit }: Kind): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...fit) },
    { weight: 3, arbitrary: fc.constantFrom(...unfit) },
    { weight: 1, arbitrary: hostileText },
  );
}

/** Names of labels and attributes: that there are, that mean something, and now and then what is none. */
export const hostileName: fc.Arbitrary<string> = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('owner', 'service', 'level', 'app', 'user', 'took', 'a') },
  { weight: 20, arbitrary: fc.constantFrom(...OF_NAMES) },
  hostileText,
);
