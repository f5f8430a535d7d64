import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsPatternLiteral, int64Literal, nameLiteral, textLiteral } from './sql-literal.ts';

/** ClickHouse's lexer on a string literal: where it ends and what it says. */
function readLiteral(sql: string): { value: string; end: number } {
  const meanings: Record<string, string> = { '0': '\0', b: '\b', t: '\t', n: '\n', f: '\f', r: '\r' };
  let value = '';
  for (let index = 1; index < sql.length; index += 1) {
    const character = sql[index] ?? '';
    if (character === '\\') {
      index += 1;
      const escaped = sql[index] ?? '';
      value += meanings[escaped] ?? escaped;
    } else if (character === "'") {
      return { value, end: index + 1 };
    } else {
      value += character;
    }
  }
  throw new Error('the literal does not end');
}

describe('a text literal', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom("'", '\\', '\0', '\n', '\r', '\t', '"', '`', '%', ';', '-', '/', '*', '{', '}', 'é', '🦊'),
    }),
  );

  it('says exactly the text and ends where it should, whatever the text', () => {
    fc.assert(
      fc.property(text, (value) => {
        const literal = textLiteral(value);
        expect(readLiteral(literal)).toEqual({ value, end: literal.length });
        expect(literal).not.toMatch(/\0/);
      }),
    );
  });

  it('replaces what UTF-8 cannot say', () => {
    expect(textLiteral('a\ud800b')).toBe("'a\ufffdb'");
  });

  it('as a pattern takes % _ and \\ for themselves', () => {
    fc.assert(
      fc.property(text, (value) => {
        const pattern = readLiteral(containsPatternLiteral(value)).value;
        expect(pattern.slice(1, -1).replace(/\\([\\%_])/g, '$1')).toBe(value);
        expect(pattern.slice(1, -1).replace(/\\[\\%_]/g, '')).not.toMatch(/[\\%_]/);
      }),
    );
  });
});

describe('other literals', () => {
  it('clamp numbers to 64 bits', () => {
    expect(int64Literal(5n)).toBe("toInt64('5')");
    expect(int64Literal(2n ** 70n)).toBe("toInt64('9223372036854775807')");
    expect(int64Literal(-(2n ** 70n))).toBe("toInt64('-9223372036854775808')");
  });

  it('take names of databases and nothing else', () => {
    expect(nameLiteral('aegis_guard-1')).toBe('`aegis_guard-1`');
    for (const name of ['', 'a`b', '1a', 'a b', 'a.b', 'ä']) {
      expect(() => nameLiteral(name)).toThrow(TypeError);
    }
  });
});
