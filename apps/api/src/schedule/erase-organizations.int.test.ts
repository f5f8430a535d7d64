import { openAccounts } from '@aegisguard/accounts';
import type { ErasureReport, OrgId } from '@aegisguard/model';
import { closeDatabases, createDatabase } from '@aegisguard/testkit';
import { afterAll, expect, it } from 'vitest';
import { type EraseOrganization, eraseOrganizations } from './erase-organizations.ts';

const AT = '2026-11-26T12:00:00.000Z';
const STEP = { what: 'table:logs', rowsBefore: 5, rowsAfter: 0, finishedAt: AT };
const HALF: ErasureReport = { startedAt: AT, finishedAt: null, steps: [STEP] };
const running = new AbortController().signal;
const FINISHED: ErasureReport = { ...HALF, finishedAt: AT };

afterAll(closeDatabases);

it('works off what waits, each in one process; what failed is gone on with later', async () => {
  let nowMs = Date.parse(AT);
  const accounts = openAccounts({
    databaseUrl: await createDatabase(),
    masterKey: Buffer.alloc(32, 3),
    now: () => nowMs,
  });
  await accounts.migrate();
  const { id, email } = await accounts.users.create({
    email: 'o@people.example',
    name: 'O',
    password: 'sloth marble quay',
  });
  const by = { kind: 'user', id, name: email, ip: null, userAgent: null, requestId: null } as const;
  for (const name of ['A', 'B', 'C']) {
    const orgId = await accounts.organizations.create(by, { name, ownerUserId: id });
    await accounts.erasures.request(orgId, by, name);
  }
  const statuses = async () =>
    (await accounts.erasures.list(id, { limit: 9 })).items.map(({ status }) => status).sort();
  const failing: EraseOrganization = async (_orgId, onProgress) => {
    await onProgress(HALF);
    throw new Error('the store is away');
  };
  await expect(eraseOrganizations(accounts, failing, running)).rejects.toThrow('the store is away');
  expect(await statuses()).toEqual(['failed', 'waiting', 'waiting']);
  const stop = new AbortController();
  const stopped: EraseOrganization = async () => {
    stop.abort();
    throw new Error('the process stops');
  };
  expect(await eraseOrganizations(accounts, stopped, stop.signal)).toBe(0);
  expect(await statuses()).toEqual(['failed', 'waiting', 'waiting']);
  const begun: [OrgId, ErasureReport | undefined][] = [];
  const erase: EraseOrganization = async (orgId, onProgress, stored) => {
    begun.push([orgId, stored]);
    await onProgress(FINISHED);
    return FINISHED;
  };
  const counts = await Promise.all([
    eraseOrganizations(accounts, erase, running),
    eraseOrganizations(accounts, erase, running),
  ]);
  expect(counts[0] + counts[1]).toBe(2);
  expect(await statuses()).toEqual(['done', 'done', 'failed']);
  nowMs += 60_000;
  expect(await eraseOrganizations(accounts, erase, running)).toBe(1);
  expect(begun.map(([, stored]) => stored)).toEqual([undefined, undefined, HALF]);
  expect(new Set(begun.map(([orgId]) => orgId)).size).toBe(3);
  expect(await statuses()).toEqual(['done', 'done', 'done']);
  await accounts.close();
});
