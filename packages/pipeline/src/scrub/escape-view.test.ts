import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEscapes } from './escape-view.ts';

const CASES: readonly (readonly [written: string, meant: string])[] = [
  ['a%40b.example', 'a@b.example'],
  ['a%2540b', 'a@b'],
  ['%20x%0Ay', ' x\ny'],
  ['m%C3%BCller', 'müller'],
  ['%F0%9F%98%80', '😀'],
  ['\\u003ca\\u0040b\\u003e', '<a@b>'],
  ['line\\nnext\\\\tlast', 'line\nnext\tlast'],
];

describe('decodeEscapes', () => {
  it.each(CASES)('%j', (written, meant) => {
    expect(decodeEscapes(written)?.text).toBe(meant);
  });

  it.each(['', 'plain', '100%', '%zz', '%4', '%C3%', '%10', '\\', '\\\\', '\\q', '\\u12', 'say \\"x\\"'])(
    '%j has none',
    (text) => {
      expect(decodeEscapes(text)).toBeUndefined();
    },
  );

  it('knows where each character was', () => {
    const written = fc.array(
      fc.constantFrom(
        'a',
        '@',
        '%40',
        '%2540',
        '%C3%A9',
        '%E2%82%AC',
        '%',
        '\\',
        '\\n',
        '\\u0041',
        '\\\\r',
        '😀',
        '\ud800',
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(written, (pieces) => {
        const text = pieces.join('');
        const view = decodeEscapes(text);
        if (view === undefined) {
          return;
        }
        expect(view.starts[view.text.length]).toBe(text.length);
        for (let index = 0; index < view.text.length; index += 1) {
          const start = view.starts[index] ?? -1;
          const end = view.starts[index + 1] ?? -1;
          expect(end).toBeGreaterThanOrEqual(start);
          if (end === start + 1) {
            expect(view.text[index]).toBe(text[start]);
          }
        }
      }),
    );
  });
});
