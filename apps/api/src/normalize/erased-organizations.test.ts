import { AegisError, type OrgId, parseOrgId } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { ErasedOrganizations } from './erased-organizations.ts';

const [GONE, KEPT] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'].map(parseOrgId);

it('knows of a deletion within 5 seconds, and asks no more often than it must', async () => {
  let nowMs = 0;
  const erased = new Set<OrgId | undefined>();
  const asked: OrgId[] = [];
  const organizations = new ErasedOrganizations(
    async (orgId) => {
      asked.push(orgId);
      return erased.has(orgId);
    },
    () => nowMs,
  );
  const both = () => Promise.all([GONE, KEPT].map((orgId) => organizations.has(orgId as OrgId)));
  expect(await both()).toEqual([false, false]);
  erased.add(GONE);
  nowMs = 3_999;
  expect(await both()).toEqual([false, false]);
  expect(asked).toHaveLength(2);
  nowMs = 4_000;
  expect(await both()).toEqual([true, false]);
  expect(asked).toHaveLength(4);
});

it('throws what the look-up throws, and asks again', async () => {
  let isAway = true;
  const organizations = new ErasedOrganizations(
    async () => {
      if (isAway) {
        throw new AegisError('unavailable');
      }
      return true;
    },
    () => 0,
  );
  await expect(organizations.has(GONE as OrgId)).rejects.toMatchObject({ code: 'unavailable' });
  isAway = false;
  expect(await organizations.has(GONE as OrgId)).toBe(true);
});
