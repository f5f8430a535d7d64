import { describe, expect, it } from 'vitest';
import { isHexId } from './hex-id.ts';

describe('ids of traces and spans', () => {
  it.each([
    ['', true],
    ['0af7651916cd43dd8448eb211c80319c', true],
    ['00F067AA0BA902B7', true],
    ['0123456789abcdefg', false],
    ['@bc', false],
    ['`bc', false],
    ['/0', false],
    [':0', false],
    ['a'.repeat(33), false],
  ])('%j: %s', (id, isId) => {
    expect(isHexId(id)).toBe(isId);
  });
});
