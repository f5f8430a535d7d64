import { parseOrgId } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FloodFolder, type PlatformOccurrence } from './flood-folder.ts';

const ORG = parseOrgId('00000000-0000-7000-8000-000000000001');
const OTHER = parseOrgId('00000000-0000-7000-8000-000000000002');

function occurrence(given: Partial<PlatformOccurrence> = {}): PlatformOccurrence {
  return {
    orgId: ORG,
    atMs: 0,
    type: 'auth.login_failed',
    severity: 'low',
    actor: 'ann',
    ip: '192.0.2.1',
    target: '',
    message: '',
    attributes: {},
    ...given,
  };
}

describe('a flood', () => {
  it('is told at once, then once a minute with its number, until a minute is quiet', () => {
    const folder = new FloodFolder();
    expect(folder.add(occurrence({ atMs: 1000 }))).toEqual(occurrence({ atMs: 1000 }));
    for (let n = 0; n < 10_000; n += 1) {
      expect(folder.add(occurrence({ atMs: 2000, ip: `192.0.2.${n % 256}`, attributes: { n } }))).toBeUndefined();
    }
    expect(folder.due(60_999)).toEqual([]);
    const told = occurrence({ atMs: 2000, ip: '192.0.2.15', attributes: { n: 9999, count: 10_000 } });
    expect(folder.due(61_000)).toEqual([told]);
    expect(folder.add(occurrence({ atMs: 70_000 }))).toBeUndefined();
    expect(folder.due(121_000)).toEqual([occurrence({ atMs: 70_000, attributes: { count: 1 } })]);
    expect(folder.due(181_000)).toEqual([]);
    expect(folder.add(occurrence({ atMs: 182_000 }))).toEqual(occurrence({ atMs: 182_000 }));
  });

  it('is told apart by organization, type, actor and network', () => {
    const folder = new FloodFolder();
    const others = [{ orgId: OTHER }, { type: 'auth.mfa_failed' }, { actor: 'bob' }, { ip: '192.0.3.1' }] as const;
    for (const given of [{}, ...others]) {
      expect(folder.add(occurrence(given))).toEqual(occurrence(given));
    }
  });

  it('of made-up actors and addresses becomes one without any, and does not touch other organizations', () => {
    const folder = new FloodFolder();
    const told = Array.from({ length: 5000 }, (_, n) => folder.add(occurrence({ actor: `actor ${n}` }))).filter(
      (each) => each !== undefined,
    );
    const rest = { actor: '', ip: '', message: 'From many actors or addresses.' };
    expect(told).toHaveLength(101);
    expect(told.at(-1)).toEqual(occurrence(rest));
    expect(folder.add(occurrence({ orgId: OTHER }))).toEqual(occurrence({ orgId: OTHER }));
    expect(folder.due(60_000)).toEqual([occurrence({ ...rest, attributes: { count: 4899 } })]);
    folder.due(120_000);
    expect(folder.add(occurrence({ actor: 'actor 0' }))).toEqual(occurrence({ actor: 'actor 0' }));
  });

  it('for which there is no room is lost, and says so', () => {
    const folder = new FloodFolder({ windowMs: 1000, apartMax: 100, windowsMax: 1 });
    folder.add(occurrence());
    expect(folder.add(occurrence({ orgId: OTHER }))).toBe('lost');
    folder.due(1000);
    expect(folder.add(occurrence({ orgId: OTHER }))).toEqual(occurrence({ orgId: OTHER }));
  });

  it('adds up to what happened, whatever comes when', () => {
    const step = fc.record({
      actor: fc.integer({ min: 0, max: 9 }).map((n) => `actor ${n}`),
      ip: fc.constantFrom('192.0.2.1', '192.0.2.9', '198.51.100.1', ''),
      passedMs: fc.integer({ min: 0, max: 900 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const folder = new FloodFolder({ windowMs: 1000, apartMax: 5, windowsMax: 100 });
        let nowMs = 0;
        let total = 0;
        const count = (told: PlatformOccurrence) => {
          total += Number(told.attributes.count ?? 1);
        };
        for (const { actor, ip, passedMs } of steps) {
          nowMs += passedMs;
          folder.due(nowMs).forEach(count);
          const told = folder.add(occurrence({ actor, ip, atMs: nowMs }));
          if (typeof told === 'object') {
            count(told);
          }
        }
        folder.drain().forEach(count);
        expect(total).toBe(steps.length);
      }),
    );
  });
});
