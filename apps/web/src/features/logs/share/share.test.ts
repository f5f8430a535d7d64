import { execFileSync } from 'node:child_process';
import { parseQuery } from '@aegisguard/logql/syntax';
import { DashboardContent } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chartStep, countQuery } from './chart-query.ts';
import { logsCurl } from './logs-curl.ts';
import { logsPanel } from './logs-panel.ts';

const RANGE = { startMs: 0, endMs: 60_000 };

it('a command says to the shell just what is asked, and holds no token', () => {
  const texts = fc.string({ unit: fc.constantFrom("'", '"', '$', '`', '\\', '\n', '!', ';', '(', 'a', 'é', '#', '@') });
  fc.assert(
    fc.property(texts, (query) => {
      const command = logsCurl('http://x', "o'1", { query: `{}${query}`, range: RANGE, direction: 'forward' });
      expect(command).toContain('"authorization: Bearer $AEGIS_TOKEN"');
      // The shell's own words, with curl replaced by what prints them.
      const printed = execFileSync('sh', ['-c', command.replace('curl', "printf '%s\\0'")], { encoding: 'utf8' });
      const words = printed.split('\0');
      expect(words).toContain("x-org-id: o'1");
      expect(JSON.parse(words[words.indexOf('--data-raw') + 1] ?? '')).toMatchObject({
        query: `{}${query}`,
        direction: 'forward',
      });
    }),
    { numRuns: 25 },
  );
});

it.each(['', '{a="b"} |= "x"', '{a="b"} # why', '{a="b"} | json | line_format "{{.a}}"'])(
  '%j can be counted',
  (query) => {
    expect(parseQuery(countQuery(query, '5m')).kind).not.toBe('log-query');
  },
);

it.each([
  [60_000, '10s'],
  [3_600_000, '30s'],
  [86_400_000, '15m'],
  [365 * 86_400_000, '1d'],
])('%i ms are charted every %s', (spanMs, step) => {
  expect(chartStep(spanMs)).toBe(step);
});

it('what is shown is a panel', () => {
  const panels = [logsPanel('', true, 'All'), logsPanel('rate({}[5m])', false, 'Rate')];
  const parsed = DashboardContent.parse({
    title: 'x',
    panels: panels.map((panel, y) => ({ ...panel, id: String(y), grid: { x: 0, y, w: 12, h: 8 } })),
  });
  expect(parsed.panels.map(({ type, queries }) => [type, queries[0]?.query])).toEqual([
    ['logs', '{}'],
    ['timeseries', 'rate({}[5m])'],
  ]);
});
