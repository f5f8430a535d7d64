import { AegisError, NO_TRACE_SAMPLING, type OrgId, parseOrgId } from '@aegisguard/model';
import { beforeEach, describe, expect, it } from 'vitest';
import { dueDays, sampleTraces } from './sample-traces.ts';

const at = (text: string) => Date.parse(text);
const [A, B, C] = [1, 2, 3].map((digit) => parseOrgId(`00000000-0000-7000-8000-00000000000${digit}`)) as [
  OrgId,
  OrgId,
  OrgId,
];

describe('days that are due', () => {
  it('have been over for as long as everything is kept', () => {
    expect(dueDays(at('2026-11-27T23:59:59Z'), 24).at(-1)).toBe('2026-11-25');
    expect(dueDays(at('2026-11-28T00:00:00Z'), 24).at(-1)).toBe('2026-11-26');
    expect(dueDays(at('2026-11-28T00:59:59Z'), 1).at(-1)).toBe('2026-11-26');
    expect(dueDays(at('2026-11-28T01:00:00Z'), 1).at(-1)).toBe('2026-11-27');
  });

  it('are those of a week, the earliest first, over the end of a year, too', () => {
    expect(dueDays(at('2027-01-03T12:00:00Z'), 24)).toEqual([
      '2026-12-26',
      '2026-12-27',
      '2026-12-28',
      '2026-12-29',
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
    ]);
  });
});

describe('sampling', () => {
  const nowMs = at('2026-11-28T12:00:00Z');
  const sampled: [OrgId, string, number][] = [];
  beforeEach(() => {
    sampled.length = 0;
  });
  const parts = {
    organizations: { samplingTraces: async () => [A, B, C] },
    rules: { read: async (orgId: OrgId) => ({ value: { ...NO_TRACE_SAMPLING, enabled: orgId !== B, percent: 7 } }) },
    store: {
      sample: async (orgId: OrgId, date: string, { percent }: { percent: number }) => {
        if (orgId === A && date === '2026-11-22') {
          throw new AegisError('unavailable');
        }
        sampled.push([orgId, date, percent]);
        const nothing = { spans: 0, keptTraces: 0, keptSpans: 0, keptByRule: [] };
        return date === '2026-11-26' ? { date, traces: 1, ...nothing } : undefined;
      },
    },
    nowMs,
  };

  it('is done for every organization that wants it, though another one’s fails', async () => {
    const stopping = new AbortController().signal;
    await expect(sampleTraces({ ...parts, stopping })).rejects.toMatchObject({ code: 'unavailable' });
    expect(sampled.filter(([orgId]) => orgId === A).map(([, date]) => date)).toEqual(['2026-11-20', '2026-11-21']);
    expect(sampled.filter(([orgId]) => orgId === C)).toHaveLength(7);
    expect(sampled.some(([orgId]) => orgId === B)).toBe(false);
    expect(sampled.every(([, , percent]) => percent === 7)).toBe(true);
  });

  it('tells what was done, and ends when the process does', async () => {
    const only = { ...parts, organizations: { samplingTraces: async () => [C] } };
    expect(await sampleTraces({ ...only, stopping: new AbortController().signal })).toMatchObject([
      { date: '2026-11-26', traces: 1 },
    ]);
    expect(await sampleTraces({ ...only, stopping: AbortSignal.abort() })).toEqual([]);
  });
});
