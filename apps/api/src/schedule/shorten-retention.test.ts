import { AegisError, type OrgId, parseOrgId, type Signal } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { shortenRetentionOfAll } from './shorten-retention.ts';

const [A, B] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'].map(parseOrgId);

it('shortens every signal of every organization, though one of them fails', async () => {
  const calls: [OrgId, Signal, number][] = [];
  const kept: (readonly number[])[] = [];
  const shorten = async (orgId: OrgId, signal: Signal, days: number, keptDays: readonly number[] = []) => {
    calls.push([orgId, signal, days]);
    kept.push(keptDays);
    if (orgId === A && signal === 'metrics') {
      throw new AegisError('unavailable');
    }
    return { signal, days, tables: [{ table: signal, rowsDeleted: 3, rowsUnderShorter: 1 }] };
  };
  const retention = { read: async () => [], shorten };
  const retentionDays = { logs: 7, metrics: 30, traces: 14, rum: 3 };
  const organizations = [A, B].map((orgId) => ({ orgId: orgId as OrgId, retentionDays, logRuleDays: [365] }));
  await expect(shortenRetentionOfAll({ retention }, organizations)).rejects.toMatchObject({ code: 'unavailable' });
  const ofB = calls.filter(([orgId]) => orgId === B);
  expect(Object.fromEntries(ofB.map(([, signal, days]) => [signal, days]))).toEqual(retentionDays);
  expect(await shortenRetentionOfAll({ retention }, organizations.slice(1))).toBe(12);
  // What rules keep longer is theirs to say.
  expect(kept.slice(-4)).toEqual([[365], [], [], []]);
});
