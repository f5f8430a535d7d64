import { describe, expect, it } from 'vitest';
import { TextMemory } from './text-memory.ts';

describe('a memory of texts', () => {
  it('makes once what is asked for again', () => {
    const memory = new TextMemory<object>({ entries: 2, length: 100 });
    const first = memory.of('a', () => ({}));
    expect(memory.of('a', () => ({}))).toBe(first);
    expect(memory.of('b', () => ({}))).not.toBe(first);
  });

  it('holds no more texts, and no more characters, than it may', () => {
    const memory = new TextMemory<number>({ entries: 3, length: 10 });
    for (let n = 0; n < 50; n += 1) {
      memory.of('x'.repeat(n % 15) + n, () => n);
      expect(memory.length).toBeLessThanOrEqual(10);
    }
    let made = 0;
    const few = new TextMemory<number>({ entries: 3, length: 1_000 });
    for (const text of ['a', 'b', 'c', 'd', 'd', 'a']) {
      few.of(text, () => (made += 1));
    }
    expect(made).toBe(5);
  });

  it('does not remember a text that is too long', () => {
    const memory = new TextMemory<number>({ entries: 3, length: 10 });
    memory.of('short', () => 1);
    expect(memory.of('x'.repeat(11), () => 2)).toBe(2);
    expect(memory.of('x'.repeat(11), () => 3)).toBe(3);
  });
});
