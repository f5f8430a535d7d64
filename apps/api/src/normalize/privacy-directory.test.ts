import { AegisError, DEFAULT_PRIVACY_POLICY, type OrgId, parseOrgId } from '@aegisguard/model';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { PrivacyDirectory } from './privacy-directory.ts';

const [ORG, OTHER] = [1, 2].map((n) => parseOrgId(`00000000-0000-7000-8000-00000000000${n}`)) as [OrgId, OrgId];
const logger = pino({ level: 'silent' });

/** Versions of policies, and how a reading of them ends. */
class Source {
  version = 1;
  readings = 0;
  answer: () => Promise<void> = async () => undefined;

  readonly privacy = {
    read: async () => {
      this.readings += 1;
      const { version } = this;
      await this.answer();
      return { value: DEFAULT_PRIVACY_POLICY, version, updatedAt: null };
    },
  };

  privacyHashKey(orgId: OrgId): Uint8Array {
    return Buffer.from(orgId.slice(-32));
  }
}

const away = async () => {
  throw new AegisError('unavailable');
};

function directory() {
  const source = new Source();
  const clock = { nowMs: 1000 };
  return { source, clock, privacies: new PrivacyDirectory(source, logger, () => clock.nowMs) };
}

it('reads once for all who ask, and again when five seconds could be over', async () => {
  const { source, clock, privacies } = directory();
  const answers = await Promise.all([privacies.of(ORG), privacies.of(ORG), privacies.of(OTHER)]);
  expect(answers.map(({ version }) => version)).toEqual([1, 1, 1]);
  expect(answers[0]?.hashKey).not.toEqual(answers[2]?.hashKey);
  expect(source.readings).toBe(2);
  source.version = 2;
  clock.nowMs += 3_999;
  expect(await privacies.of(ORG)).toMatchObject({ version: 1 });
  clock.nowMs += 1;
  expect(await privacies.of(ORG)).toMatchObject({ version: 2 });
  expect(source.readings).toBe(3);
});

it('the age of a policy counts from when it was asked for', async () => {
  const { source, clock, privacies } = directory();
  source.answer = async () => {
    clock.nowMs += 3_000;
  };
  await privacies.of(ORG);
  clock.nowMs += 1_000;
  source.version = 2;
  expect(await privacies.of(ORG)).toMatchObject({ version: 2 });
});

it('while the database is away the last policy holds for ten minutes, and no longer', async () => {
  const { source, clock, privacies } = directory();
  await privacies.of(ORG);
  source.answer = away;
  await expect(privacies.of(OTHER)).rejects.toMatchObject({ code: 'unavailable' });
  clock.nowMs += 5_000;
  expect(await privacies.of(ORG)).toMatchObject({ version: 1 });
  const { readings } = source;
  clock.nowMs += 500;
  expect(await privacies.of(ORG)).toMatchObject({ version: 1 });
  expect(source.readings).toBe(readings);
  clock.nowMs += 500;
  expect(await privacies.of(ORG)).toMatchObject({ version: 1 });
  expect(source.readings).toBe(readings + 1);
  clock.nowMs += 600_000;
  await expect(privacies.of(ORG)).rejects.toMatchObject({ code: 'unavailable' });
  source.answer = async () => undefined;
  source.version = 3;
  expect(await privacies.of(ORG)).toMatchObject({ version: 3 });
});

it('does not wait long for a database that hangs when a policy is known', async () => {
  const { source, clock, privacies } = directory();
  await privacies.of(ORG);
  const hanging = Promise.withResolvers<void>();
  source.answer = () => hanging.promise;
  source.version = 2;
  clock.nowMs += 5_000;
  const first = privacies.of(ORG);
  clock.nowMs += 1_000;
  expect(await privacies.of(ORG)).toMatchObject({ version: 1 });
  hanging.resolve();
  expect(await first).toMatchObject({ version: 2 });
  expect(await privacies.of(ORG)).toMatchObject({ version: 2 });
});

it('a policy that cannot be read is not replaced by the one before it', async () => {
  const { source, clock, privacies } = directory();
  await privacies.of(ORG);
  source.answer = async () => {
    throw new AegisError('internal');
  };
  clock.nowMs += 5_000;
  await expect(privacies.of(ORG)).rejects.toMatchObject({ code: 'internal' });
  source.answer = away;
  await expect(privacies.of(ORG)).rejects.toMatchObject({ code: 'unavailable' });
});
