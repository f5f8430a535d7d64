import { randomBytes } from 'node:crypto';
import { NO_TRACE_SAMPLING, TraceSampling } from '@aegisguard/model';
import { closeDatabases, createDatabase } from '@aegisguard/testkit';
import { afterAll, expect, it } from 'vitest';
import { openAccounts } from './accounts.ts';
import { SYSTEM_ACTOR } from './actor.ts';

afterAll(closeDatabases);

it('which traces are kept is each organization’s to say, and the job learns who samples', async () => {
  const accounts = openAccounts({ databaseUrl: await createDatabase(), masterKey: randomBytes(32) });
  try {
    await accounts.migrate();
    const owner = await accounts.users.create({
      email: 'o@example.com',
      name: 'O',
      password: 'a password of an owner',
    });
    const [org, other] = [
      await accounts.organizations.create(SYSTEM_ACTOR, { name: 'A', ownerUserId: owner.id }),
      await accounts.organizations.create(SYSTEM_ACTOR, { name: 'B', ownerUserId: owner.id }),
    ];
    expect(await accounts.traceSampling.read(org)).toEqual({ value: NO_TRACE_SAMPLING, version: 0, updatedAt: null });
    expect(await accounts.organizations.samplingTraces()).toEqual([]);
    const sampling = TraceSampling.parse({ enabled: true, percent: 5, rules: [{ keep: 'rare', perDay: 3 }] });
    await accounts.traceSampling.replace(org, SYSTEM_ACTOR, sampling, 0);
    expect(await accounts.traceSampling.read(org)).toMatchObject({ value: sampling, version: 1 });
    expect(await accounts.traceSampling.read(other)).toMatchObject({ value: NO_TRACE_SAMPLING, version: 0 });
    expect(await accounts.organizations.samplingTraces()).toEqual([org]);
    await expect(accounts.traceSampling.replace(org, SYSTEM_ACTOR, sampling, 0)).rejects.toMatchObject({
      code: 'conflict',
    });
    await accounts.traceSampling.replace(org, SYSTEM_ACTOR, { ...sampling, enabled: false }, 1);
    expect(await accounts.organizations.samplingTraces()).toEqual([]);
    const { items } = await accounts.audit.list(org, {}, 1);
    expect(items[0]).toMatchObject({
      action: 'sampling.update',
      before: { sampling: { enabled: true } },
      after: { sampling: { enabled: false, percent: 5 } },
    });
  } finally {
    await accounts.close();
  }
});
