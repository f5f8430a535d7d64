import { RE2JS } from 're2js';
import { parsePoints, parseScriptNumber } from './parse-points.ts';
import type { ScriptExpectation, ScriptSeries } from './script-command.ts';
import { ScriptReader } from './script-reader.ts';

const FAIL = /^expect\s+fail(?:\s+(?<how>msg|regex):\s*(?<text>.+))?$/;
/** About how Loki's parts share a query among them; each of our evaluations is exact. */
const OF_LOKI = /^skip\s+values-comparison\s+on\s+"/;

/** What an evaluation of so many points is to give. Throws for a block that says nothing, or contradicts itself. */
export function parseExpectation(body: readonly string[], points: number): ScriptExpectation {
  const lines = body.filter((line) => !OF_LOKI.test(line));
  const [first = '', ...others] = lines;
  const fail = FAIL.exec(first);
  const scalar = parseScriptNumber(first);
  if (first === '') {
    throw new Error('nothing is expected');
  }
  if (others.length > 0 && (fail !== null || scalar !== undefined || first === 'expect empty')) {
    throw new Error(`nothing is expected behind ${first}`);
  }
  if (fail !== null) {
    return failure(fail.groups?.how, fail.groups?.text ?? '');
  }
  if (scalar !== undefined) {
    return { kind: 'scalar', value: scalar };
  }
  if (first === 'expect empty') {
    return { kind: 'series', series: [], isOrdered: false };
  }
  const isOrdered = first === 'expect ordered';
  return { kind: 'series', series: (isOrdered ? others : lines).map((line) => readSeries(line, points)), isOrdered };
}

function failure(how: string | undefined, text: string): ScriptExpectation {
  if (how === undefined) {
    return { kind: 'fail', matches: () => true, text };
  }
  const regex = how === 'regex' ? RE2JS.compile(text) : undefined;
  return { kind: 'fail', matches: (message) => regex?.test(message) ?? message.includes(text), text };
}

function readSeries(line: string, points: number): ScriptSeries {
  const reader = new ScriptReader(line);
  const series = { labels: reader.labels(), points: parsePoints(reader.rest) };
  if (series.points.length !== points) {
    throw new Error(`${series.points.length} points for ${points} steps: ${line}`);
  }
  return series;
}
