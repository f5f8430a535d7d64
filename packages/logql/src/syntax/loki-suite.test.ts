// The queries of Loki's own scripts, whose form its README has: https://github.com/grafana/loki/tree/main/pkg/logql/internal/logqltest
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AegisError } from '@aegisguard/model';
import { suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print/print-query.ts';

const FOLDER = suitePath('loki-logqltest');
const EVAL = /^eval (?:instant at \S+|range from \S+ to \S+ step \S+) (?<query>.*)\n(?<expected>(?:[ \t]+.*\n?)*)/gm;
const FAIL = /^\s*expect fail(?: msg: (?<message>.*))?$/m;

interface ScriptQuery {
  readonly query: string;
  readonly fails: boolean;
  readonly message: string;
}

function queriesOf(script: string): ScriptQuery[] {
  return [...script.matchAll(EVAL)].map(({ groups }) => {
    const failure = FAIL.exec(groups?.expected ?? '');
    return { query: groups?.query ?? '', fails: failure !== null, message: failure?.groups?.message ?? '' };
  });
}

const queries =
  FOLDER === undefined
    ? []
    : readdirSync(FOLDER)
        .filter((name) => name.endsWith('.logqltest'))
        .flatMap((name) => queriesOf(readFileSync(join(FOLDER, name), 'utf8')));

describe.skipIf(FOLDER === undefined)("queries of Loki's scripts (skipped without AEGIS_SUITES_DIR)", () => {
  it('are there', () => {
    expect(queries.length).toBeGreaterThan(50);
  });

  it('parse, and mean the same when they were printed', () => {
    for (const { query } of queries.filter(({ fails }) => !fails)) {
      const parsed = parseQuery(query, { allowsAnyStream: false });
      expect(parseQuery(printQuery(parsed))).toEqual(parsed);
    }
  });

  it('are refused in the words that are expected', () => {
    for (const { query, message } of queries.filter(({ fails, message }) => fails && message !== '')) {
      try {
        parseQuery(query);
      } catch (error) {
        expect(error).toBeInstanceOf(AegisError);
        expect((error as AegisError).detail).toContain(message);
      }
    }
  });
});
