import { describe, expect, it } from 'vitest';
import { type AuditReport, judge } from './audit-dependencies.ts';

const advisory = (id: string, severity: string) => ({
  url: `https://github.com/advisories/${id}`,
  title: 'Something is wrong',
  severity,
  range: '<2.0.0',
});
const REPORT: AuditReport = {
  vulnerabilities: {
    lib: { via: [advisory('GHSA-aaaa', 'high'), advisory('GHSA-bbbb', 'moderate')] },
    user: { via: ['lib'] },
  },
};
const accept = (until: string, id = 'GHSA-aaaa') => [{ id, reason: 'not reachable', until }];

describe('judge', () => {
  it('names each grave advisory once and counts the others', () => {
    expect(judge(REPORT, [], '2026-11-26')).toEqual({
      problems: ['lib <2.0.0: Something is wrong (high) https://github.com/advisories/GHSA-aaaa'],
      notes: ['1 grave, 1 lesser advisories'],
    });
  });

  it('lets an accepted one pass until its day is over', () => {
    expect(judge(REPORT, accept('2026-11-26'), '2026-11-26').problems).toEqual([]);
    expect(judge(REPORT, accept('2026-11-25'), '2026-11-26').problems).toEqual([
      'lib <2.0.0: Something is wrong (high) https://github.com/advisories/GHSA-aaaa',
      'GHSA-aaaa was accepted until 2026-11-25',
    ]);
  });

  it('says what is accepted needlessly', () => {
    const verdict = judge({ vulnerabilities: {} }, accept('2027-01-01', 'GHSA-cccc'), '2026-11-26');
    expect(verdict.problems).toEqual([]);
    expect(verdict.notes[0]).toContain('GHSA-cccc is accepted but no longer found');
  });
});
