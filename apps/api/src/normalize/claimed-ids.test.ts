import { type LogRecord, parseOrgId } from '@aegisguard/model';
import { buildNativeLogs } from '@aegisguard/protocols';
import { describe, expect, it } from 'vitest';
import { claimIds } from './claimed-ids.ts';

const ORG = parseOrgId('11111111-1111-4111-8111-111111111111');
const NOTHING: ReadonlySet<number> = new Set();
const RECEIVED = { receivedAtMs: 1_795_000_000_000, retentionDays: 30 };

function logs(...ids: readonly string[]): readonly LogRecord[] {
  const body = {
    logs: ids.map((ingestId) => ({ service: 's', message: 'm', ...(ingestId === '' ? {} : { ingestId }) })),
  };
  return buildNativeLogs(Buffer.from(JSON.stringify(body)), RECEIVED, []);
}

describe('ids of a batch', () => {
  it('are none where no record has one, and then nothing is made', () => {
    const records = logs('', '');
    expect(claimIds(ORG, records, NOTHING)).toEqual({ records, claims: undefined });
  });

  it('are claimed once each; a record that repeats one is left out', () => {
    const { claims, records } = claimIds(ORG, logs('a', '', 'b', 'a', 'a', ''), NOTHING);
    expect(records.map(({ index }) => index)).toEqual([0, 1, 2, 5]);
    expect(claims).toMatchObject({ indexes: [0, 2], repeated: 2 });
    expect(new Set(claims?.ids).size).toBe(2);
  });

  it('of records that are left out count: what repeats one of them is a repeat', () => {
    const leftOut = new Set([0, 1]);
    const { claims, records } = claimIds(ORG, logs('a', '', 'b', 'a', ''), leftOut);
    expect(records.map(({ index }) => index)).toEqual([2, 4]);
    expect(claims?.indexes).toEqual([0, 2]);
    expect(claimIds(ORG, logs('', '', ''), leftOut).records.map(({ index }) => index)).toEqual([2]);
  });

  it('are the same whenever and in whatever order they come', () => {
    const idOf = (...ids: readonly string[]) => claimIds(ORG, logs(...ids), NOTHING).claims?.ids.at(-1);
    expect(idOf('x', 'a')).toBe(idOf('a'));
  });
});
