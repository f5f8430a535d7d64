import { readFileSync } from 'node:fs';
import { nanosFromMs, parseTimestamp } from '@aegisguard/model';
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

interface VrlFunction {
  readonly examples: readonly { readonly source: string; readonly return?: unknown }[];
}

const tomlPath = suitePath('timestamps', 'toml_datetime.json');
const schemaFolder = 'json-schema-format/tests/draft2020-12/optional/format';
const dateTimePath = suitePath(`${schemaFolder}/date-time.json`);
const datePath = suitePath(`${schemaFolder}/date.json`);
const timePath = suitePath(`${schemaFolder}/time.json`);
const apachePath = suitePath('logs-elastic/apache_logs/apache_logs');
const syslogPath = suitePath('telegraf-parsers/plugins/inputs/syslog/testcases/rfc3164_strict_udp');
const vrlPath = suitePath('vrl/docs/generated/parse_timestamp.json');

/** Shapes that loggers write and these corpora's stricter grammars refuse: they test one profile of ISO 8601, we read it all, and more. */
const ACCEPTED_ON_PURPOSE: readonly (readonly [shape: RegExp, reason: string])[] = [
  [/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d{4}$/, 'offsets without a colon: strftime %z'],
  [/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d$/, 'offsets without minutes: PostgreSQL'],
  [/^\d{4}-\d\d-\d\d[T ]\d\d:\d\dZ?$/, 'no seconds: ISO 8601, and TOML 1.1'],
  [/^\d{4}-\d{3}(?:T[\d:]+Z?)?$/, 'ordinal dates: ISO 8601'],
  [/^\d{4}-?W\d\d-?\d$/, 'week dates with their day: ISO 8601'],
  [/^\d{8}$/, 'dates without dashes: ISO 8601'],
  [/^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d [A-Z]+$/, 'the form of the United States, with a zone'],
];

function isAcceptedOnPurpose(text: string): boolean {
  return ACCEPTED_ON_PURPOSE.some(([shape]) => shape.test(text));
}

/** The cases, none where the corpus is absent: the body of a skipped describe runs all the same. */
function readCorpus<T>(path: string | undefined): readonly T[] {
  return path === undefined ? [] : (JSON.parse(readFileSync(path, 'utf8')) as readonly T[]);
}

function schemaRows(path: string | undefined): readonly { readonly text: string; readonly valid: boolean }[] {
  return readCorpus<SchemaGroup>(path).flatMap(({ tests }) =>
    tests.flatMap(({ data, valid }) => (typeof data === 'string' ? [{ text: data, valid }] : [])),
  );
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
    expect(parseTimestamp(text) !== undefined).toBe(valid || isAcceptedOnPurpose(text));
  });
});

describe.skipIf(dateTimePath === undefined)('JSON Schema date-time corpus (needs AEGIS_SUITES_DIR)', () => {
  it.each(schemaRows(dateTimePath))('$text', ({ text, valid }) => {
    expect(parseTimestamp(text) !== undefined).toBe(valid || isAcceptedOnPurpose(text));
  });
});

describe.skipIf(datePath === undefined)('JSON Schema date corpus (needs AEGIS_SUITES_DIR)', () => {
  // A time behind the date is none of a date's business, but is of ours.
  const rows = schemaRows(datePath).filter(({ text }) => !/^\d{4}-\d\d-\d\d[T ]\d\d:/.test(text));

  it.each(rows)('$text', ({ text, valid }) => {
    expect(parseTimestamp(text) !== undefined).toBe(valid || isAcceptedOnPurpose(text));
  });
});

describe.skipIf(timePath === undefined)(
  'JSON Schema time corpus, on a day that has a leap second (needs AEGIS_SUITES_DIR)',
  () => {
    // Without a zone RFC 3339 has no time, and we have UTC.
    const rows = schemaRows(timePath).filter(({ text }) => /[Zz]$|[+-][\d:]+$/.test(text));

    it.each(rows)('$text', ({ text, valid }) => {
      const dateTime = `2016-12-31T${text}`;
      expect(parseTimestamp(dateTime) !== undefined).toBe(valid || isAcceptedOnPurpose(dateTime));
    });
  },
);

describe.skipIf(apachePath === undefined)('times of access logs (needs AEGIS_SUITES_DIR)', () => {
  it('reads the time of every line', () => {
    const lines = apachePath === undefined ? [] : readFileSync(apachePath, 'utf8').trim().split('\n');
    const misread = lines.filter((line) => {
      const [day, month, year, time] = (/\[(.*?) \+0000\]/.exec(line)?.[1] ?? '').split(
        /[/:](?=\D|\d{4}:|\d\d:\d\d:\d\d$)/,
      );
      const expected = Date.parse(`${day} ${month} ${year} ${time} UTC`);
      return parseTimestamp(/\[(.*?)\]/.exec(line)?.[1] ?? '') !== nanosFromMs(expected);
    });
    expect(lines.length).toBeGreaterThan(9000);
    expect(misread).toEqual([]);
  });
});

describe.skipIf(syslogPath === undefined)('times of RFC 3164 (needs AEGIS_SUITES_DIR)', () => {
  it('reads the time without a year', () => {
    const line = syslogPath === undefined ? '' : readFileSync(`${syslogPath}/input.txt`, 'utf8');
    const time = /^<\d+>(\w{3} [ \d]\d \d\d:\d\d:\d\d)/.exec(line)?.[1] ?? '';
    expect(parseTimestamp(time, nanosFromMs(Date.UTC(2021, 11, 2)))).toBe(nanosFromMs(Date.parse(`${time} 2021 UTC`)));
  });
});

describe.skipIf(vrlPath === undefined)('times of VRL (needs AEGIS_SUITES_DIR)', () => {
  it('reads its examples', () => {
    const { examples } =
      vrlPath === undefined ? { examples: [] } : (JSON.parse(readFileSync(vrlPath, 'utf8')) as VrlFunction);
    const read = examples.map(({ source }) => {
      const [, text = '', zone] = /\("([^"]*)".*?(?:timezone: "([^"]*)")?\)$/.exec(source) ?? [];
      return parseTimestamp(zone === undefined ? text : `${text} ${zone}`);
    });
    expect(read).toEqual(examples.map((example) => parseTimestamp(String(example.return).replace(/^t'|'$/g, ''))));
    expect(read).not.toContain(undefined);
  });
});
