import fc from 'fast-check';

/** The words that generated queries are made of; a test that runs them gives those that its logs have. */
export interface Vocabulary {
  readonly label: fc.Arbitrary<string>;
  readonly text: fc.Arbitrary<string>;
  /** RE2. */
  readonly regex: fc.Arbitrary<string>;
  /** Of a line filter: no named captures. */
  readonly linePattern: fc.Arbitrary<string>;
  readonly ip: fc.Arbitrary<string>;
  readonly jsonPath: fc.Arbitrary<string>;
  readonly logfmtKey: fc.Arbitrary<string>;
  /** With named captures. */
  readonly regexp: fc.Arbitrary<string>;
  readonly pattern: fc.Arbitrary<string>;
  readonly template: fc.Arbitrary<string>;
  /** Nanoseconds of a range, > 0. */
  readonly range: fc.Arbitrary<bigint>;
  /** What labels and results are compared with. */
  readonly number: fc.Arbitrary<number>;
}

/** Everything that may stand in a query: keywords as labels, texts of any characters. */
export const ANY_WORDS: Vocabulary = {
  label: fc.oneof(
    fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/),
    fc.constantFrom(
      ...['by', 'without', 'on', 'ignoring', 'group_left', 'bool', 'sum', 'rate', 'or', 'and', 'unless', 'offset'],
      ...[
        'json',
        'logfmt',
        'drop',
        'keep',
        'unwrap',
        'bytes',
        'duration',
        'ip',
        'inf',
        'NaN',
        'vector',
        'label_format',
      ],
    ),
  ),
  text: fc
    .oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u0000', '"', '\\', '`', '\u2028', '\u007f', '#'),
    )
    .map((text) => text.toWellFormed()),
  regex: fc.oneof(
    fc.constantFrom('', '.*', '(?i)a+', 'a|b', '[^x]{2,3}', '\\d+\\.', '\\bx$', '"'),
    fc.stringMatching(/^[a-z "\n]{0,8}$/),
  ),
  linePattern: fc.constantFrom('', '<_>', 'GET <_> 200', '<_> "<>" <_>', '<a b> <', '"\\`'),
  ip: fc.constantFrom('10.0.0.1', '10.0.0.0/8', '10.0.0.1-10.0.0.9', '::1', '2001:db8::/32', '::1-::ff'),
  jsonPath: fc.constantFrom('a', 'a.b', 'a[0].b', '[0]', 'headers["User-Agent"]', '["a b"].c[12]', 'a["\\"\\\\"]'),
  logfmtKey: fc.constantFrom('a', 'a.b', 'a-b', 'é'),
  regexp: fc.constantFrom('(?P<a>.*)', '(?P<method>\\w+) (?P<path>"[^"]*")', '(x)(?P<_y1>z)?'),
  pattern: fc.constantFrom('<a>', '<ip> - <_> "<method> <path>"', '<_>,<b><', '\\<a>`'),
  template: fc.constantFrom('', 'plain', '{{.a}}', '{{ .a | ToUpper }} "{{.b}}"', '{{if .a}}x{{end}}', '`\\n`'),
  range: fc.bigInt({ min: 1n, max: 2n ** 62n }),
  number: fc.double().filter((value) => !Object.is(value, -0)),
};
