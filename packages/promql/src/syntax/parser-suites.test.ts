import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AegisError } from '@aegisguard/model';
import { suitePath } from '@aegisguard/testkit';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parseQuery } from './parse-query.ts';
import { formatQuery } from './print/format-query.ts';
import { printQuery } from './print/print-query.ts';

// Queries of other projects: Prometheus's own cases, and the rules that people run.

interface PrintCase {
  readonly in: string;
  readonly out?: string;
}

interface ParserCases {
  readonly valid: readonly string[];
  readonly string: readonly PrintCase[];
  readonly pretty: readonly PrintCase[];
}

const VECTORS = suitePath('prometheus-vectors', 'parser.json');
/** The line length of Prometheus's own pretty-printing cases. */
const NARROW = 10;

function problemOf(query: string): string | undefined {
  try {
    const tree = parseQuery(query);
    const printed = printQuery(tree);
    const again = printQuery(parseQuery(formatQuery(tree)));
    return again === printed ? undefined : `${query}: ${printed} became ${again}`;
  } catch (error) {
    return `${query}: ${error instanceof AegisError ? error.detail : String(error)}`;
  }
}

function filesUnder(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
}

/** The values of `expr` in a document, except in rules of other languages; labels and annotations have templates of that name. */
function expressionsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  if ('type' in node && (node.type === 'graphite' || node.type === 'vlogs')) {
    return [];
  }
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'annotations' || key === 'labels') {
      return [];
    }
    return key === 'expr' && typeof value !== 'object' ? [String(value)] : expressionsIn(value);
  });
}

function expressionsOf(file: string): string[] {
  return loadAll(readFileSync(file, 'utf8')).flatMap(expressionsIn);
}

describe.skipIf(VECTORS === undefined)("Prometheus's parser cases (skipped without AEGIS_SUITES_DIR)", () => {
  const cases = (): ParserCases => JSON.parse(readFileSync(VECTORS ?? '', 'utf8')) as ParserCases;

  it('parses the valid ones', () => {
    const { valid } = cases();
    expect(valid.length).toBeGreaterThan(200);
    expect(valid.map(problemOf).filter((problem) => problem !== undefined)).toEqual([]);
  });

  it('prints and lays out as Prometheus does', () => {
    const { string, pretty } = cases();
    expect(string.length + pretty.length).toBeGreaterThan(140);
    expect(string.map((one) => printQuery(parseQuery(one.in)))).toEqual(string.map((one) => one.out ?? one.in));
    expect(pretty.map((one) => formatQuery(parseQuery(one.in), NARROW))).toEqual(
      pretty.map((one) => one.out ?? one.in),
    );
  });
});

/** Folders of rules, the files meant, and how many expressions there must be at least. */
const RULES: readonly (readonly [folder: string, files: RegExp, min: number])[] = [
  ['kube-prometheus', /\.yaml$/, 200],
  ['awesome-alerts', /\.ya?ml$/, 900],
  // Files that are meant to be refused, for whatever reason, may have anything in them; the large one repeats one rule.
  ['prometheus-promtool', /^(?!.*(?:bad|invalid|unittest|large)).*\.ya?ml$/, 50],
  ['victoriametrics', /^(?!.*(?:bad|vlog)).*\.(?:rules|ya?ml)$/, 60],
];

describe.each(RULES)('rules of %s', (folder, files, min) => {
  const path = suitePath(folder);

  it.skipIf(path === undefined)('parse (skipped without AEGIS_SUITES_DIR)', () => {
    const expressions = [...new Set(filesUnder(path ?? '', files).flatMap(expressionsOf))];
    expect(expressions.length).toBeGreaterThan(min);
    expect(expressions.map(problemOf).filter((problem) => problem !== undefined)).toEqual([]);
  });
});

const GRAMMAR = suitePath('prometheus-promql-syntax', 'web/ui/module/lezer-promql/test/expression.txt');

describe.skipIf(GRAMMAR === undefined)('cases of the editor grammar (skipped without AEGIS_SUITES_DIR)', () => {
  it('parse', () => {
    const cases = readFileSync(GRAMMAR ?? '', 'utf8')
      .split(/^# /m)
      .slice(1)
      .map((part) => /^(?<title>.*)\n(?<query>[\s\S]*?)\n==>\n(?<tree>[\s\S]*)$/.exec(part)?.groups);
    const valid = cases.filter((one) => one?.tree?.includes('⚠') === false && !one.title?.includes('@top'));
    expect(valid.length).toBeGreaterThan(60);
    expect(valid.map((one) => problemOf(one?.query ?? '')).filter((problem) => problem !== undefined)).toEqual([]);
  });
});

const COMPLIANCE = suitePath('prometheus-compliance', 'queries_expanded.json');

describe.skipIf(COMPLIANCE === undefined)('compliance queries (skipped without AEGIS_SUITES_DIR)', () => {
  it('parse, unless they are meant to fail', () => {
    const queries = JSON.parse(readFileSync(COMPLIANCE ?? '', 'utf8')) as { query: string; should_fail: boolean }[];
    const valid = queries.filter((one) => !one.should_fail);
    expect(valid.length).toBeGreaterThan(500);
    expect(valid.map((one) => problemOf(one.query)).filter((problem) => problem !== undefined)).toEqual([]);
  });
});

const SCRIPTS = suitePath('prometheus-promqltest');
const EVALUATION =
  /^\s*eval(?:_\w+)?\s+(?:instant(?:\s+at\s+\S+)?|range\s+from\s+\S+\s+to\s+\S+\s+step\s+\S+)\s+(?<query>.+)$/gm;

describe.skipIf(SCRIPTS === undefined)("queries of Prometheus's scripts (skipped without AEGIS_SUITES_DIR)", () => {
  it('parse', () => {
    const queries = filesUnder(SCRIPTS ?? '', /\.test$/).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(EVALUATION)].map((match) => match.groups?.query ?? ''),
    );
    expect(queries.length).toBeGreaterThan(400);
    expect(queries.map(problemOf).filter((problem) => problem !== undefined)).toEqual([]);
  });
});
