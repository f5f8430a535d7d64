import { AegisError } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callFunction, text, vector, vectorSeries } from '../../testing/call-function.ts';
import { sampleHistogram } from '../../testing/sample-histogram.ts';
import { LABEL_FUNCTIONS } from './label-functions.ts';

type LabelRecord = Readonly<Record<string, string>>;

/** The labels that a function gives to one series. */
function relabel(name: string, labels: LabelRecord, ...texts: readonly string[]): LabelRecord {
  const values = [vector(vectorSeries(labels, [1])), ...texts.map(text)];
  const { value } = callFunction(LABEL_FUNCTIONS, name, { values });
  return Object.fromEntries(value.type === 'vector' ? (value.series[0]?.labels ?? []) : []);
}

function errorOf(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    return error instanceof AegisError ? error.detail : String(error);
  }
  return undefined;
}

describe('label_replace', () => {
  const replace = (labels: LabelRecord, target: string, template: string, source: string, regex: string) =>
    relabel('label_replace', labels, target, template, source, regex);

  it.each([
    ['$1', 'a'],
    [`\${1}`, 'a'],
    ['$2$1', 'ca'],
    ['$0', 'a:c'],
    ['$first-$second', 'a-c'],
    [`\${first}x`, 'ax'],
    // The longest name counts, and there is no group of that name or number.
    ['$1x', undefined],
    ['$01', undefined],
    ['$9', undefined],
    ['x$constructor', 'x'],
    ['$$1', '$1'],
    ['$', '$'],
    ['a$-', 'a$-'],
    [`\${1`, `\${1`],
    [`\${}`, `\${}`],
    ['$$$1', '$a'],
    ['plain', 'plain'],
    ['', undefined],
  ])('expands %s to %s', (template, expected) => {
    const { foo } = replace({ service: 'a:c' }, 'foo', template, 'service', '(?P<first>.*):(?<second>.*)');
    expect(foo).toBe(expected);
  });

  it('leaves a series alone whose value does not match as a whole', () => {
    expect(replace({ a: 'xyz' }, 'b', 'new', 'a', 'xy')).toEqual({ a: 'xyz' });
    expect(replace({ a: 'xyz' }, 'b', 'new', 'a', 'yz')).toEqual({ a: 'xyz' });
    expect(replace({ a: 'xyz' }, 'b', 'new', 'a', 'xy|xyz')).toEqual({ a: 'xyz', b: 'new' });
  });

  it('sees a missing label as an empty value, and takes a label away that becomes empty', () => {
    expect(replace({ a: '1' }, 'b', 'new', 'missing', '')).toEqual({ a: '1', b: 'new' });
    expect(replace({ a: '1', b: '2' }, 'b', '', 'a', '.*')).toEqual({ a: '1' });
    expect(replace({ a: '1' }, 'b', '$1', 'a', '(2)?1')).toEqual({ a: '1' });
  });

  it('matches line breaks with the point', () => {
    expect(replace({ a: 'x\ny' }, 'b', '$1', 'a', '(.*)')).toEqual({ a: 'x\ny', b: 'x\ny' });
  });

  it('writes names of UTF-8, and keeps labels in order', () => {
    expect(replace({ a: '1', z: '2' }, 'metric.naïve', 'x', 'a', '.*')).toEqual({
      a: '1',
      'metric.naïve': 'x',
      z: '2',
    });
  });

  it('keeps a name that is set anew, though it was to be dropped', () => {
    const dropped = { ...vectorSeries({ __name__: 'm' }, [1]), dropsName: true };
    const dropsName = (target: string): boolean | undefined => {
      const values = [vector(dropped), ...[target, 'x', '__name__', 'm'].map(text)];
      const { value } = callFunction(LABEL_FUNCTIONS, 'label_replace', { values });
      return value.type === 'vector' ? value.series[0]?.dropsName : undefined;
    };
    expect(dropsName('__name__')).toBe(false);
    expect(dropsName('other')).toBe(true);
  });

  it('refuses what is no expression and no name', () => {
    expect(errorOf(() => replace({}, 'b', '', 'a', '(.*'))).toBe('invalid regular expression in label_replace(): (.*');
    expect(errorOf(() => replace({}, 'b', '', 'a', '(?=x)'))).toBe(
      'invalid regular expression in label_replace(): (?=x)',
    );
    expect(errorOf(() => replace({}, '', '', 'a', '.*'))).toBe('invalid destination label name in label_replace(): ');
    expect(errorOf(() => replace({}, '\ufffd', '', 'a', '.*'))).toBe(
      'invalid destination label name in label_replace(): \ufffd',
    );
    expect(errorOf(() => replace({}, 'b', '', 'a', '((a{1000}){1000}){1000}'))).toMatch(/too large/);
  });

  it('is linear in a value that would make a backtracking engine run for ever', () => {
    expect(replace({ a: `${'a'.repeat(2000)}b` }, 'b', 'x', 'a', '(a*)*(a|aa)+c')).not.toHaveProperty('b');
  });

  it('joins series that become equal, unless both have something at a point', () => {
    const join = (left: readonly (number | undefined)[], right: readonly (number | undefined)[]) => {
      const values = [
        vector(vectorSeries({ a: '1' }, left), vectorSeries({ a: '2' }, right)),
        ...['a', 'same', 'a', '.*'].map(text),
      ];
      return callFunction(LABEL_FUNCTIONS, 'label_replace', { pointsMs: [0, 1, 2], values }).value;
    };
    expect(join([1, undefined, undefined], [undefined, undefined, 3])).toEqual(
      vector(vectorSeries({ a: 'same' }, [1, undefined, 3])),
    );
    expect(errorOf(() => join([1, 1, undefined], [undefined, 2, 3]))).toBe(
      'vector cannot contain metrics with the same labelset',
    );
  });

  it('joins floats and histograms, too', () => {
    const histogram = sampleHistogram();
    const values = [
      vector(vectorSeries({ a: '1' }, [1, undefined]), vectorSeries({ a: '2' }, [undefined, histogram])),
      ...['a', '', 'a', '.*'].map(text),
    ];
    const { value } = callFunction(LABEL_FUNCTIONS, 'label_replace', { pointsMs: [0, 1], values });
    expect(value).toEqual(vector(vectorSeries({}, [1, histogram])));
  });

  it('a template without a reference is what the label becomes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 1 }), (value, template) => {
        expect(replace({ a: value }, 'b', template.replaceAll('$', '$$$$'), 'a', '.*').b).toBe(template);
      }),
    );
  });
});

describe('what a query makes of labels is bounded', () => {
  const half = 'x'.repeat(10_000);

  it.each([
    ['label_replace', ['a', '$1$1', 'a', '(.*)'], 1],
    ['label_replace', ['b', '$1'.repeat(2), 'a', '(.*)'], 1],
    ['label_join', ['b', ',', 'a', 'a'], 1],
    ['label_join', ['b', half, 'a', 'c'], 1],
    ['label_replace', ['b', half, 'a', '.?.*'], 4000],
    ['label_join', ['b', '', 'a'], 4000],
  ] as const)('%s with %j of %i series', (name, texts, count) => {
    const isJoin = name === 'label_join';
    const series = Array.from({ length: count }, (_, at) =>
      vectorSeries({ a: count === 1 ? half : `${half.slice(0, isJoin ? 10_000 : 1)}${at}` }, [1]),
    );
    const values = [vector(...series), ...texts.map(text)];
    expect(errorOf(() => callFunction(LABEL_FUNCTIONS, name, { values }))).toMatch(/at most \d+ characters/);
  });
});

describe('label_join', () => {
  const join = (labels: LabelRecord, ...texts: readonly string[]) => relabel('label_join', labels, ...texts);

  it.each([
    [{ a: '1', b: '2', c: '3' }, ['d', ',', 'a', 'b', 'c'], { a: '1', b: '2', c: '3', d: '1,2,3' }],
    [{ a: '1', c: '3' }, ['d', '-', 'a', 'b', 'c'], { a: '1', c: '3', d: '1--3' }],
    [{ a: '1' }, ['a', '-', 'a', 'a'], { a: '1-1' }],
    [{ a: '1' }, ['a', '-', 'b'], {}],
    [{ a: '1' }, ['b', ''], { a: '1' }],
    [{ a: '1', b: '2' }, ['b', ''], { a: '1' }],
  ])('of %o with %o gives %o', (labels, texts, expected) => {
    expect(join(labels, ...texts)).toEqual(expected);
  });

  it('refuses what is no name', () => {
    expect(errorOf(() => join({}, '', ',', 'a'))).toBe('invalid destination label name in label_join(): ');
    expect(errorOf(() => join({}, 'a', ',', 'b', ''))).toBe('invalid source label name in label_join(): ');
  });

  it('refuses series that become equal', () => {
    const values = [vector(vectorSeries({ a: '1' }, [1]), vectorSeries({ a: '2' }, [2])), ...['a', '', 'b'].map(text)];
    expect(errorOf(() => callFunction(LABEL_FUNCTIONS, 'label_join', { values }))).toBe(
      'vector cannot contain metrics with the same labelset',
    );
  });
});
