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
      spent.known.push(await cpuOf(() => passwords.verify(hash, 'wrong')));
      spent.unknown.push(await cpuOf(() => passwords.verify(undefined, 'wrong')));
    }
    // Without the decoy, nobody would be refused in a thousandth of the time. What else the process does comes on top of either, so the least counts.
    expect(Math.min(...spent.unknown)).toBeGreaterThan(Math.min(...spent.known) / 2);
    expect(await passwords.verify(undefined, 'right')).toBe(false);
  });
});

/** Of all threads, since it is another one that hashes: microseconds of the processor, of which a busy machine makes no more. */
async function cpuOf(work: () => Promise<boolean>): Promise<number> {
  const before = process.cpuUsage();
  expect(await work()).toBe(false);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
