import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goUnquote } from './go-unquote.ts';

describe('a Go string', () => {
  it.each([
    ['', ''],
    ['plain 🦄', 'plain 🦄'],
    [String.raw`\a\b\f\n\r\t\v\\\"`, '\u0007\b\f\n\r\t\v\\"'],
    [String.raw`a\x41\101b`, 'aAAb'],
    [String.raw`\u00e9\U0001F984`, 'é🦄'],
    [String.raw`\xf0\x9f\xa6\x84`, '🦄'],
    [String.raw`\303\251`, 'é'],
    [String.raw`\xff`, '\ufffd'],
    [String.raw`\000`, '\0'],
  ])('%j is %j', (inner, text) => {
    expect(goUnquote(inner)).toBe(text);
  });

  it.each([
    '\\',
    'a\\',
    String.raw`\q`,
    String.raw`\'`,
    String.raw`\x4`,
    String.raw`\xg0`,
    String.raw`\u00e`,
    String.raw`\ud800`,
    String.raw`\U00110000`,
    String.raw`\U0000D800`,
    String.raw`\777`,
    String.raw`\08`,
    String.raw`\u-0e9`,
    String.raw`\constructor`,
  ])('%j is none', (inner) => {
    expect(goUnquote(inner)).toBeUndefined();
  });

  it('reads what was quoted, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(escapeUnits, escapeBytes, escapeLittle),
        (raw, quote) => {
          const text = raw.toWellFormed();
          expect(goUnquote(quote(text))).toBe(text);
        },
      ),
    );
  });
});

function escapeUnits(text: string): string {
  return Array.from(text, (char) => `\\U${(char.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`).join('');
}

function escapeBytes(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

function escapeLittle(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
