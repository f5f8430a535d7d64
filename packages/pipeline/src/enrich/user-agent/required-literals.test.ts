import { describe, expect, it } from 'vitest';
import { parsePattern } from './pattern-syntax.ts';
import { repeatsAmbiguously, requiredLiterals } from './required-literals.ts';

describe('required literals', () => {
  it.each<[pattern: string, literals: readonly string[] | undefined]>([
    ['Googlebot', ['googlebot']],
    ['Goo(gle|d)bot', ['googlebot', 'goodbot']],
    ['[Bb]ot', ['bot']],
    ['a?bcd', ['bcd', 'abcd']],
    ['\\d+frob\\d+', ['frob']],
    ['(?:frob|nix)+', ['frob', 'nix']],
    ['frob(?= x)', ['frob']],
    ['fr\\.o\\/b', ['fr.o/b']],
    ['Safari.{0,20}frob', ['frob']],
    ['(?<name>frob)', ['frob']],
    ['frob{2}', ['fro']],
  ])('%s', (pattern, literals) => {
    expect(requiredLiterals(parsePattern(pattern))?.toSorted()).toEqual(literals?.toSorted());
  });

  it.each(['\\d+', '.*', '(?:frob)*', 'frob|\\d', '(a)\\1'])('%s has none that says something', (pattern) => {
    const found = requiredLiterals(parsePattern(pattern));
    expect(found === undefined || found.every((text) => text.length < 2)).toBe(true);
  });

  it.each([
    ['(a+)+', true],
    ['(?:a|aa)+', true],
    ['(?:x(?:a|b))*', true],
    ['(?:HTC[ _])+', false],
    ['(?:a+|b)?', false],
    ['a+b+', false],
  ])('%s repeats ambiguously: %s', (pattern, isAmbiguous) => {
    expect(repeatsAmbiguously(parsePattern(pattern))).toBe(isAmbiguous);
  });
});
