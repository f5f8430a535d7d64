import { describe, expect, it } from 'vitest';
import { Passwords } from './passwords.ts';

const passwords = new Passwords();

describe('Passwords', () => {
  it('hashes with Argon2id at the stated cost and a fresh salt', async () => {
    const [one, two] = await Promise.all([passwords.hash('same'), passwords.hash('same')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
  });

  it('knows the right password from a wrong one, however its characters are composed', async () => {
    const hash = await passwords.hash('p\u00e4ssword');
    expect(await passwords.verify(hash, 'p\u00e4ssword')).toBe(true);
    expect(await passwords.verify(hash, 'pa\u0308ssword')).toBe(true);
    expect(await passwords.verify(hash, 'passw\u00f6rd')).toBe(false);
    expect(await passwords.verify(hash, '')).toBe(false);
  });

  it('is false for nobody, after the same work', async () => {
    const hash = await passwords.hash('right');
    const spent = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 9; round += 1) {
      spent.known.push(await timed(() => passwords.verify(hash, 'wrong')));
      spent.unknown.push(await timed(() => passwords.verify(undefined, 'wrong')));
    }
    // Without the decoy, nobody would be refused in a thousandth of the time. The bound is loose because other tests run beside.
    expect(median(spent.unknown)).toBeGreaterThan(median(spent.known) / 2);
    expect(await passwords.verify(undefined, 'right')).toBe(false);
  });
});

async function timed(work: () => Promise<boolean>): Promise<number> {
  const before = performance.now();
  expect(await work()).toBe(false);
  return performance.now() - before;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
