import { readFileSync } from 'node:fs';
import { parseTimestamp } from '@aegisguard/model';
import { suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';

interface TomlCase {
  readonly file: string;
  readonly valid_toml: boolean;
  readonly toml: string;
}

interface SchemaGroup {
  readonly tests: readonly { readonly data: unknown; readonly valid: boolean }[];
}

const tomlPath = suitePath('timestamps', 'toml_datetime.json');
const schemaPath = suitePath('json-schema-format/tests/draft2020-12/optional/format/date-time.json');

/** ISO 8601 allows what these corpora's stricter grammars refuse, and loggers write it; each with who does. */
const ACCEPTED_ON_PURPOSE: ReadonlyMap<string, string> = new Map([
  ['1997-09-09T09:09:09.09+0909', 'offsets without a colon: strftime %z'],
  ['1997-09-09T09:09:09.09+09', 'offsets without minutes: PostgreSQL'],
  ['1985-04-12T23:20:50+01', 'offsets without minutes: PostgreSQL'],
  ['1987-07-05T17:45Z', 'no seconds: the corpus itself has it as valid elsewhere'],
  ['1987-07-05T17:45', 'no seconds: the corpus itself has it as valid elsewhere'],
]);

/** The cases, none where the corpus is absent: the body of a skipped describe runs all the same. */
function readCorpus<T>(path: string | undefined): readonly T[] {
  return path === undefined ? [] : (JSON.parse(readFileSync(path, 'utf8')) as readonly T[]);
}

/** The values of a TOML document that are meant as dates; local times have no date and strings are not dates. */
function tomlDates(document: string): readonly string[] {
  return document
    .split('\n')
    .map((line) => line.replace(/#.*$/, '').trim())
    .filter((line) => line !== '' && !line.includes("'"))
    .map((line) => line.slice(line.lastIndexOf('=') + 1).trim())
    .filter((value) => !/^\d{2}:/.test(value));
}

describe.skipIf(tomlPath === undefined)('TOML date corpus (needs AEGIS_SUITES_DIR)', () => {
  const cases = readCorpus<TomlCase>(tomlPath);
  const rows = cases.flatMap(({ file, valid_toml: valid, toml }) =>
    tomlDates(toml).map((text) => ({ file, text, valid })),
  );

  it('has the cases', () => {
    expect(rows.length).toBeGreaterThan(80);
  });

  it.each(rows)('$text of $file', ({ text, valid }) => {
    expect(parseTimestamp(text) !== undefined).toBe(valid || ACCEPTED_ON_PURPOSE.has(text));
  });
});

describe.skipIf(schemaPath === undefined)('JSON Schema date-time corpus (needs AEGIS_SUITES_DIR)', () => {
  const groups = readCorpus<SchemaGroup>(schemaPath);
  const rows = groups.flatMap(({ tests }) =>
    tests.flatMap(({ data, valid }) => (typeof data === 'string' ? [{ text: data, valid }] : [])),
  );

  it.each(rows)('$text', ({ text, valid }) => {
    expect(parseTimestamp(text) !== undefined).toBe(valid || ACCEPTED_ON_PURPOSE.has(text));
  });
});
