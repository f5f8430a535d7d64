import { parseQuery } from '@aegisguard/logql/syntax';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addPart,
  canCompare,
  filterParsed,
  type NewPart,
  negated,
  printPart,
  removePart,
  replacePart,
} from './edit-parts.ts';
import { LABEL_OPERATORS, LINE_OPERATORS, partsOf, type QueryPart } from './query-parts.ts';

function partsIn(query: string): readonly QueryPart[] {
  return partsOf(query)?.parts ?? [];
}

/** Parts as short words. */
function wordsOf(query: string): readonly string[] {
  return partsIn(query).map((part) =>
    part.kind === 'stage' ? part.text : `${part.kind} ${'name' in part ? part.name : ''}${part.op}${part.value}`,
  );
}

describe('the parts of a query', () => {
  it.each<[string, readonly string[]]>([
    ['', []],
    ['{}', []],
    ['{a="b", c=~"d|e"} |= "x" != `y`', ['matcher a=b', 'matcher c=~d|e', 'line |=x', 'line !=y']],
    ['{a="b"} | json | status >= 400 | m="GET"', ['matcher a=b', '| json', 'label status>=400', 'label m=GET']],
    ['{a="b"} | json != "x"', ['matcher a=b', '| json', 'line !=x']],
    ['{a="b"} | json | x != "x" != "y"', ['matcher a=b', '| json', 'label x!=x', 'line !=y']],
    ['{a="b"} | drop c != "x", d | unpack', ['matcher a=b', '| drop c != "x", d', '| unpack']],
    ['{a="b"} |= "x" or "y"', ['matcher a=b', '|= "x" or "y"']],
    ['{a="b"} | (x="1" or y="2") |~ "z"', ['matcher a=b', '| (x="1" or y="2")', 'line |~z']],
    ['{a="b"} | a="1" and b="2"', ['matcher a=b', '| a="1" and b="2"']],
    ['{a="b"} | addr=ip("10.0.0.0/8")', ['matcher a=b', '| addr=ip("10.0.0.0/8")']],
    ['sum by (x) (rate({a="b"} |= "x" | logfmt | unwrap took [5m]))', ['matcher a=b', 'line |=x', '| logfmt']],
    ['rate({a="b"}[5m]) / rate({}[5m])', []],
    ['{a="b"', []],
  ])('%s', (query, wanted) => {
    expect(wordsOf(query)).toEqual(wanted);
  });

  it('are where they say that they are, whatever is typed', () => {
    const word = fc.constantFrom(
      '{',
      '}',
      'a',
      '=',
      '"x"',
      '"',
      '|',
      '|=',
      '!=',
      'json',
      '(',
      ')',
      ',',
      '[5m]',
      '#',
      '\n',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (words) => {
        const query = words.join('');
        for (const { start, end } of partsIn(query)) {
          expect(0 <= start && start < end && end <= query.length).toBe(true);
        }
      }),
    );
  });
});

const names = fc.stringMatching(/^[a-z]{1,6}_x$/);
const values = fc.string({ unit: 'grapheme', maxLength: 6 });
const newParts: fc.Arbitrary<NewPart> = fc.oneof(
  fc.record({
    kind: fc.constant('matcher' as const),
    name: names,
    op: fc.constantFrom('=' as const, '!=' as const),
    value: values,
  }),
  fc.record({
    kind: fc.constant('line' as const),
    op: fc.constantFrom(...LINE_OPERATORS.filter((op) => !/[~>]/.test(op))),
    value: values,
  }),
  fc.record({
    kind: fc.constant('label' as const),
    name: names,
    op: fc.constantFrom(...LABEL_OPERATORS.filter((op) => !op.endsWith('~'))),
    value: fc.constantFrom('400', '1.5', '20KB', '1h30m'),
    isNumber: fc.boolean(),
  }),
);
const QUERIES = ['', '{}', '{a="b"}', '{a="b"} | json', '{a="b"} |= "}" # {why}\n| json', 'rate({a="b"} |= "x" [5m])'];

describe('editing parts', () => {
  it('adds what was meant, in LogQL, and takes it away again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...QUERIES), newParts, (query, part) => {
        const added = addPart(query, part);
        parseQuery(added);
        const before = wordsOf(query);
        const found = partsIn(added).find((each) => each.kind !== 'stage' && printPart(each) === printPart(part));
        expect(found).toBeDefined();
        expect(wordsOf(added)).toHaveLength(before.length + 1);
        const removed = found === undefined ? '' : removePart(added, found);
        expect(wordsOf(removed)).toEqual(before);
        parseQuery(removed);
      }),
    );
  });

  it('negates, and back', () => {
    fc.assert(
      fc.property(newParts, (part) => {
        expect(negated(part).op).not.toBe(part.op);
        expect(negated(negated(part))).toEqual(part);
      }),
    );
  });

  it.each<[string, number, NewPart, string]>([
    [
      '{a="b"} | json | c="d"',
      2,
      { kind: 'label', name: 'c', op: '>', value: '5', isNumber: true },
      '{a="b"} | json | c>5',
    ],
    ['{a="b"} |= "x"', 1, { kind: 'line', op: '!~', value: 'y' }, '{a="b"} !~ "y"'],
    ['{a="b", c="d"}', 0, { kind: 'label', name: 'a', op: '>', value: '5', isNumber: true }, '{c="d"} | a>5'],
  ])('%s: replaces part %i', (query, place, part, wanted) => {
    const old = partsIn(query)[place];
    expect(old === undefined ? undefined : replacePart(query, old, part)).toBe(wanted);
  });

  it.each([
    ['{a="b"} | json', false, '{a="b"} | json | s="500"'],
    ['{a="b"} | json | s="500"', false, '{a="b"} | json | s="500"'],
    ['{a="b"} | json | s="500"', true, '{a="b"} | json | s!="500"'],
    ['{a="b"} | json | s="200"', false, '{a="b"} | json | s="500"'],
    ['{a="b"} | json | s!="200"', true, '{a="b"} | json | s!="200" | s!="500"'],
    ['sum(rate({a="b"} | json | unwrap x [5m]))', false, 'sum(rate({a="b"} | json | s="500" | unwrap x [5m]))'],
  ])('filterParsed(%j, exclude %s)', (query, exclude, wanted) => {
    expect(filterParsed(query, 's', '500', exclude)).toBe(wanted);
  });

  it.each([
    ['>', '400', true],
    ['>=', '1h30m', true],
    ['<', '20KB', true],
    ['>', 'many', false],
    ['=', 'many', true],
  ])('%s before %j: %s', (op, value, wanted) => {
    expect(canCompare(op, value)).toBe(wanted);
  });
});
