import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completionPlace } from './completion-place.ts';

/** The place at the bar `¦`. */
function placeIn(marked: string) {
  const at = marked.indexOf('¦');
  return completionPlace(marked.replace('¦', ''), at);
}

describe('what can stand at a place', () => {
  it.each([
    ['¦', { kind: 'operand', from: 0 }],
    ['ra¦', { kind: 'operand', from: 0 }],
    ['sum(¦', { kind: 'operand', from: 4 }],
    ['rate({a="b"}[1m]) / ¦', { kind: 'operand', from: 20 }],
    ['{¦', { kind: 'label', from: 1, isMatcher: true }],
    ['{ser¦', { kind: 'label', from: 1, isMatcher: true }],
    ['{a="b", ¦}', { kind: 'label', from: 8, isMatcher: true }],
    ['sum by (¦', { kind: 'label', from: 8, isMatcher: false }],
    ['sum by (a, le¦', { kind: 'label', from: 11, isMatcher: false }],
    ['{a="b"} | json | unwrap du¦', { kind: 'label', from: 24, isMatcher: false }],
    ['{a="b"} | drop x, ¦', { kind: 'label', from: 18, isMatcher: false }],
    ['{a=¦', { kind: 'value', from: 3, label: 'a', isQuoted: false, others: [] }],
    ['{a="x¦', { kind: 'value', from: 4, label: 'a', isQuoted: true, others: [] }],
    [
      '{b="1", a=~"¦"}',
      { kind: 'value', from: 12, label: 'a', isQuoted: true, others: [{ name: 'b', op: '=', value: '1' }] },
    ],
    [
      '{a="b"} | json | level="¦',
      { kind: 'value', from: 24, label: 'level', isQuoted: true, others: [{ name: 'a', op: '=', value: 'b' }] },
    ],
    ['{a="b"} ¦', { kind: 'pipe', from: 8 }],
    ['{a="b"} |= "x" ¦', { kind: 'pipe', from: 15 }],
    ['{a="b"} | ¦', { kind: 'stage', from: 10, pipeline: '{a="b"}' }],
    ['rate({a="b"} | json | ¦', { kind: 'stage', from: 22, pipeline: '{a="b"} | json' }],
    ['{a="b"} | js¦', { kind: 'stage', from: 10, pipeline: '{a="b"}' }],
    ['rate({a="b"}[¦', { kind: 'range', from: 13 }],
    ['{a="b"} |= "te¦', undefined],
    ['{a ¦', undefined],
    ['{a="b" ¦', undefined],
    ['{a="b"} # ¦', undefined],
    ['rate({a="b"}[5m] ¦', undefined],
  ])('%s', (marked, place) => {
    expect(placeIn(marked)).toEqual(place);
  });

  it('is found in any text', () => {
    const word = fc.constantFrom(
      '{',
      '}',
      'a',
      '=',
      '=~',
      '"x"',
      '"',
      '`',
      '|',
      '|=',
      'json',
      'by',
      '(',
      ')',
      ',',
      '[',
      '5m',
      ']',
      '#',
      '\n',
      ' ',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.nat(), (words, at) => {
        const text = words.join('');
        const position = at % (text.length + 1);
        const place = completionPlace(text, position);
        expect(place === undefined || (place.from >= 0 && place.from <= position)).toBe(true);
      }),
    );
  });
});
