import { readFileSync } from 'node:fs';
import { suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { Unresolved } from '../testing/go-values.ts';
import { type Case, CHECKS } from '../testing/suite-runners.ts';

/** Rows that are otherwise here, by `<test> <row>`, and whole tests: why. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'TestCRI_tags tag P multi-stream': 'each part of a cut line stays a log: its parts may come in different batches',
  'TestCRI_tags tag P multi-stream with maxPartialLines exceeded': 'as above',
  'TestCRI_tags tag P single stream': 'as above',
  'TestCRI_tags tag P multi-stream with truncation': 'as above',
  'TestLabelStage_Process different_source_name': 'the table has the name of a Go variable where its value was',
  'TestTimestampStage_Process set success': 'a time of the year 2106 is no log’s; it is kept beside it',
  TestTenantStage_Process: 'the organization is that of the key, which no log can change',
};

interface Table {
  readonly func: string;
  readonly cases: readonly Case[] | Readonly<Record<string, Case>>;
}

const path = suitePath('loki-vectors/promtail_stages.json');
const tables = path === undefined ? [] : (JSON.parse(readFileSync(path, 'utf8')) as readonly Table[]);
const rows = tables.flatMap(({ func, cases }) =>
  Object.entries(cases).map(([key, row]) => ({ func, name: String(row.name ?? key), row })),
);

describe.skipIf(path === undefined)(
  `Promtail's tests of its stages${path === undefined ? ': AEGIS_SUITES_DIR has none' : ''}`,
  () => {
    it.each(rows)('$func $name', ({ func, name, row }) => {
      const reason = DIFFERENT[`${func} ${name}`] ?? DIFFERENT[func];
      const check = CHECKS[func];
      const run = (): void => check?.(row);
      if (reason !== undefined) {
        // A difference that is none any more is to be taken off the list.
        expect(check === undefined || fails(run)).toBe(true);
        return;
      }
      expect(check, `no check for ${func}`).toBeDefined();
      try {
        run();
      } catch (error) {
        if (!(error instanceof Unresolved)) {
          throw error;
        }
      }
    });
  },
);

function fails(run: () => void): boolean {
  try {
    run();
    return false;
  } catch {
    return true;
  }
}
