import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultParts, sourceParts } from './marked-text.ts';

const found = (start: number, end: number, detector = 'email') => ({ detector, strategy: 'redact', start, end });

describe('a text with its findings', () => {
  const text = 'from ada@example.com to bob@example.com!';
  const findings = [found(5, 20), found(24, 39, 'custom:mail')];

  it('is cut at them', () => {
    expect(sourceParts(text, findings)).toEqual([
      { text: 'from ', kind: undefined },
      { text: 'ada@example.com', kind: 'email' },
      { text: ' to ', kind: undefined },
      { text: 'bob@example.com', kind: 'custom:mail' },
      { text: '!', kind: undefined },
    ]);
  });

  it('and what came out is cut where something stands for them', () => {
    expect(resultParts(text, { text: 'from [REDACTED:email] to ***@example.com!', findings })).toEqual([
      { text: 'from ', kind: undefined },
      { text: '[REDACTED:email]', kind: 'email' },
      { text: ' to ', kind: undefined },
      { text: '***@example.com', kind: 'custom:mail' },
      { text: '!', kind: undefined },
    ]);
    expect(resultParts(text, { text: 'from  to !', findings })).toEqual([
      { text: 'from ', kind: undefined },
      { text: ' to ', kind: undefined },
      { text: '!', kind: undefined },
    ]);
  });

  it('is in one piece where nothing was found, or where the two do not fit', () => {
    expect(resultParts(text, { text, findings: [] })).toEqual([{ text, kind: undefined }]);
    expect(resultParts(text, { text: 'something else', findings })).toEqual([
      { text: 'something else', kind: undefined },
    ]);
  });

  it('loses nothing, whatever was put in', () => {
    const piece = fc.record({ kept: fc.string(), found: fc.string({ minLength: 1 }), written: fc.string() });
    fc.assert(
      fc.property(fc.array(piece), fc.string(), (pieces, rest) => {
        const findings: ReturnType<typeof found>[] = [];
        let source = '';
        let result = '';
        for (const { kept, found: value, written } of pieces) {
          const start = source.length + kept.length;
          findings.push(found(start, start + value.length));
          source += kept + value;
          result += kept + written;
        }
        const textOf = (parts: readonly { readonly text: string }[]) => parts.map((part) => part.text).join('');
        expect(textOf(sourceParts(source + rest, findings))).toBe(source + rest);
        expect(textOf(resultParts(source + rest, { text: result + rest, findings }))).toBe(result + rest);
      }),
    );
  });
});
