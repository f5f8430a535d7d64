import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLabelText } from './parse-label-text.ts';

const read = (text: string) => {
  const { labels, fault } = parseLabelText(text);
  return fault === undefined ? { ...labels } : fault.message;
};

describe('the text of a label set', () => {
  it.each([
    ['{}', {}],
    [' { } ', {}],
    ['{a="b"}', { a: 'b' }],
    ['{a="b", c="d"}', { a: 'b', c: 'd' }],
    ['{a="b",}', { a: 'b' }],
    ['{\ta\n=\r"b" ,  _c9="" }', { a: 'b', _c9: '' }],
    ['{ "foo"="bar2",      "k8s.pod"="x"   }', { foo: 'bar2', 'k8s.pod': 'x' }],
    ['{a=`raw \\n "quoted"`}', { a: 'raw \\n "quoted"' }],
    [String.raw`{a="x\"}\\",b="\u00e9\n"}`, { a: 'x"}\\', b: 'é\n' }],
    ['{__proto__="p", constructor="c"}', JSON.parse('{"__proto__":"p","constructor":"c"}')],
  ])('%j', (text, labels) => {
    expect(read(text)).toEqual(labels);
    expect(Object.keys(parseLabelText(text).labels)).toEqual(Object.keys(labels));
  });

  it.each([
    ['', 'labels at character 0: expected {, found the end'],
    ['a="b"', 'labels at character 0: expected {, found "a=\\"a\\""'],
    ['{', 'labels at character 1: expected a label name, found the end'],
    ['{a}', 'labels at character 2: expected =, found "}"'],
    ['{a="b"', 'labels at character 6: expected , or }, found the end'],
    ['{a="b"} x', 'labels at character 8: expected nothing after }, found "x"'],
    ['{a="b" c="d"}', 'labels at character 7: expected , or }, found "a=\\"a\\"}"'],
    ['{,}', 'labels at character 1: expected a label name, found ",}"'],
    ['{9a="b"}', 'labels at character 1: expected a label name, found "0a=\\"a\\"}"'],
    ['{a.b="c"}', 'labels at character 2: expected =, found ".a=\\"a\\"}"'],
    ['{a!="b"}', 'labels at character 2: expected =, found "!=\\"a\\"}"'],
    ['{a="b}', 'labels at character 4: expected a quoted value, found "a}"'],
    ["{a='b'}", 'labels at character 3: expected a quoted value, found "\'a\'}"'],
    ['{a="b\\q"}', 'labels at character 8: expected a quoted value, found "}"'],
    ['{a="b\nc"}', 'labels at character 8: expected a quoted value, found "}"'],
    ['{a="b\\"}', 'labels at character 4: expected a quoted value, found "a\\\\\\"}"'],
    ['{a="1",a="2"}', 'the label "a" stands twice'],
    ['{""="1"}', 'a label needs a name'],
  ])('%j is refused', (text, message) => {
    expect(read(text)).toBe(message);
  });

  it('has limits, each told apart', () => {
    const many = (count: number) => `{${Array.from({ length: count }, (_, at) => `l${at}="v"`).join(',')}}`;
    expect(parseLabelText(many(64)).fault).toBeUndefined();
    expect(parseLabelText(many(65)).fault?.code).toBe('too-many-labels');
    expect(parseLabelText(`{${'n'.repeat(1024)}="v"}`).fault).toBeUndefined();
    expect(parseLabelText(`{${'n'.repeat(1025)}="v"}`).fault?.code).toBe('label-name-too-long');
    expect(parseLabelText(`{n="${'é'.repeat(4096)}"}`).fault).toBeUndefined();
    expect(parseLabelText(`{n="${'é'.repeat(4097)}"}`).fault?.code).toBe('label-value-too-long');
  });

  it.each([
    ' '.repeat(5_000_000),
    `{${' '.repeat(5_000_000)}`,
    `{${'a'.repeat(5_000_000)}`,
    `{a="${'\\"'.repeat(2_500_000)}`,
    `{a="${'\\n'.repeat(2_500_000)}"}`,
    `{a=\`${'"'.repeat(5_000_000)}`,
    `{${'a="",'.repeat(1_000_000)}`,
  ])('of millions of characters is refused in no time', (text) => {
    const fault = parseLabelText(text).fault;
    expect(fault?.message.length).toBeLessThan(200);
  });

  it('reads what was written', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.toWellFormed());
    const quote = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(anyText, anyText), { selector: ([name]) => name }), (pairs) => {
        const named = pairs.filter(([name]) => name !== '');
        const text = `{${named.map(([name, value]) => `${quote(name)}=${quote(value)}`).join(', ')}}`;
        expect(parseLabelText(text).fault).toBeUndefined();
        expect(Object.entries(parseLabelText(text).labels).toSorted()).toEqual(named.toSorted());
      }),
    );
  });
});
