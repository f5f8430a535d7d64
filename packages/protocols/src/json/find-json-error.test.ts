import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonError } from './find-json-error.ts';

/** JSON with a few characters replaced, removed or added: now and then still JSON. */
const nearJson = fc
  .tuple(
    fc.json({ maxDepth: 4 }),
    fc.array(
      fc.record({
        at: fc.nat(),
        remove: fc.nat(2),
        insert: fc.oneof(fc.constantFrom(...'{}[]",:\\-+.eE0123tfn /\u0000\n\t'), fc.string({ maxLength: 2 })),
      }),
      { maxLength: 3 },
    ),
  )
  .map(([json, edits]) =>
    edits.reduce((text, { at, remove, insert }) => {
      const from = text.length === 0 ? 0 : at % text.length;
      return text.slice(0, from) + insert + text.slice(from + remove);
    }, json),
  );

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonError', () => {
  it('finds an error exactly where JSON.parse does', () => {
    fc.assert(
      fc.property(nearJson, (text) => (findJsonError(text) === undefined) === parses(text)),
      { numRuns: 2500 },
    );
  });

  it.each([
    ['', 0, 'expected a value, found the end of the body'],
    ['{"a":}', 5, 'expected a value, found "}"'],
    ['{"a":1,}', 7, 'expected a member\'s name in double quotes, found "}"'],
    ["{'a':1}", 1, 'expected a member\'s name in double quotes, found "\'"'],
    ['{"a" 1}', 5, 'expected ":" after a member\'s name, found "1"'],
    ['[1 2]', 3, 'expected "," or "]", found "2"'],
    ['[1,]', 3, 'expected a value, found "]"'],
    ['[,]', 1, 'expected a value or "]", found ","'],
    ['{"a":1', 6, 'expected "," or "}", found the end of the body'],
    ['{} {}', 3, 'expected nothing after the value, found "{"'],
    ['{"a":NaN}', 5, 'expected a value, found "N"'],
    ['[01]', 2, 'expected "," or "]", found "1"'],
    ['[+1]', 1, 'expected a value or "]", found "+"'],
    ['// no\n{}', 0, 'expected a value, found "/"'],
    ['"a\nb"', 2, 'a control character in a string must be escaped, found "\\n"'],
    ['"\\x41"', 1, 'an escape in a string is not valid, found "\\\\"'],
    ['"\\u12G4"', 1, 'an escape in a string is not valid, found "\\\\"'],
    ['"open', 5, 'expected a closing quote, found the end of the body'],
    ['["😀"😀]', 5, 'expected "," or "]", found "😀"'],
  ])('%j', (text, position, problem) => {
    expect(findJsonError(text)).toEqual({ position, problem });
  });

  it('takes any depth', () => {
    const depth = 200_000;
    expect(findJsonError('['.repeat(depth) + ']'.repeat(depth))).toBeUndefined();
    expect(findJsonError('{"a":'.repeat(depth))?.position).toBe(depth * 5);
  });
});
