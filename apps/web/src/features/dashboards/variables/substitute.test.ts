import fc from 'fast-check';
import { RE2JS } from 're2js';
import { expect, it } from 'vitest';
import { referencedNames, substituteQuery, substituteText } from './substitute.ts';
import { single, type VariableScope } from './variable-scope.ts';

const SCOPE: VariableScope = new Map([
  ['one', single('api')],
  ['dotted', single('a.b"c')],
  ['two', { values: ['a.b', 'c|d'], allValue: '', isAll: false }],
  ['every', { values: ['x', 'y'], allValue: '.+', isAll: true }],
  ['nothing', { values: [], allValue: '', isAll: true }],
  ['__interval', single('30s')],
]);
/** `${…}`, which JavaScript would otherwise be suspected of. */
const braced = (inner: string): string => `\${${inner}}`;
const query = (text: string): string => substituteQuery(text, SCOPE);

it('knows every way to write a variable, and leaves what is none', () => {
  expect(query(`up{job="$one",x="${braced('one')}",y="[[one]]"}[$__interval]`)).toBe(
    'up{job="api",x="api",y="api"}[30s]',
  );
  expect(query('x{a="$unknown"} ${two')).toBe('x{a="$unknown"} ${two');
});

it('is the empty text without a value, as a label that is not there', () => {
  const none: VariableScope = new Map([['cluster', { values: [], allValue: '', isAll: false }]]);
  expect(substituteQuery('up{cluster="$cluster",a=~"$cluster"}', none)).toBe('up{cluster="",a=~""}');
});

it('makes an escaped alternation inside a regex, whatever the quotes', () => {
  expect(query('up{job=~"$two"}')).toBe('up{job=~"(a\\\\.b|c\\\\|d)"}');
  expect(query('up{job!~ `$two`}')).toBe('up{job!~ `(a\\.b|c\\|d)`}');
  expect(query('{a="b"} |~ "$two"')).toBe('{a="b"} |~ "(a\\\\.b|c\\\\|d)"');
  expect(query('up{job=~"$every",a=~"$nothing"}')).toBe('up{job=~".+",a=~".*"}');
});

it('takes as a regex what somebody wrote as the only value, but for quotes and backslashes', () => {
  const written: VariableScope = new Map([
    ['disks', { values: ['[a-z]+|nvme\\d"'], allValue: '', isAll: false, isPattern: true }],
  ]);
  expect(substituteQuery('x{device=~"$disks"}', written)).toBe('x{device=~"[a-z]+|nvme\\\\d\\""}');
  expect(substituteQuery(`x{device=~\`${braced('disks:regex')}\`}`, written)).toBe(
    'x{device=~`\\[a-z\\]\\+\\|nvme\\\\d"`}',
  );
});

it('escapes what stands between quotes, and lists labels with commas', () => {
  expect(query('up{job="$dotted"}')).toBe('up{job="a.b\\"c"}');
  expect(query('sum by ($two) (x{a="}\\"$one"})')).toBe('sum by (a.b,c|d) (x{a="}\\"api"})');
});

it('writes formats that are asked for', () => {
  expect(
    query(
      `"${braced('two:regex')}" ${['two:csv', 'two:pipe', 'two:raw', 'every:raw', 'two:json'].map(braced).join(' ')}`,
    ),
  ).toBe('"(a\\.b|c\\|d)" a.b,c|d a.b|c|d a.b,c|d .+ ["a.b","c|d"]');
  expect(query(`x{a=~"${braced('two:regex')}"}`)).toBe(query('x{a=~"$two"}'));
});

it('reads as words in texts', () => {
  expect(substituteText(`$one of ${braced('two')}, $every`, SCOPE)).toBe('api of a.b + c|d, All');
});

it('says which names a text has', () => {
  expect([...referencedNames(`$a ${braced('b:csv')} [[c]] $a`)]).toEqual(['a', 'b', 'c']);
});

it('a regex of chosen values matches these and no others', () => {
  const text = fc.string({ minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.uniqueArray(text, { minLength: 1, maxLength: 4 }), text, (values, other) => {
      const scope = new Map([['v', { values, allValue: '', isAll: false }]]);
      const written = /^x\{a=~`(.*)`\}$/s.exec(substituteQuery('x{a=~`$v`}', scope))?.[1] ?? '';
      const regex = RE2JS.compile(`^(?:${written})$`, RE2JS.DOTALL);
      for (const value of values) {
        expect(regex.matches(value)).toBe(true);
      }
      expect(regex.matches(other)).toBe(values.includes(other));
    }),
  );
});
