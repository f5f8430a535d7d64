// Prometheus's test scripts: https://github.com/prometheus/prometheus/tree/main/promql/promqltest
import { type EvaluationSuffix, parseExpectations, windowOf } from './parse-expectations.ts';
import { parseScriptDuration } from './parse-script-number.ts';
import { parseSeriesLine } from './parse-series-line.ts';
import { parseStartTimes } from './parse-start-times.ts';
import { parseValueSequence } from './parse-value-sequence.ts';
import type { EvaluationCommand, ScriptCommand, ScriptSeries } from './script-command.ts';

const INSTANT = /^eval(?:_(?<suffix>fail|warn|ordered|info))?\s+instant\s+(?:at\s+(?<at>\S+)\s+)?(?<query>.+)$/;
const RANGE =
  /^eval(?:_(?<suffix>fail|warn|info))?\s+range\s+from\s+(?<from>\S+)\s+to\s+(?<to>\S+)\s+step\s+(?<step>\S+)\s+(?<query>.+)$/;
const LOAD = /^load(?<nhcb>_with_nhcb)?\s+(?<step>\S+)$/;
const STARTS = /^@st\s+/;

/** The commands of a script. Throws, with the line, for one that is malformed. */
export function parseScript(text: string): ScriptCommand[] {
  const lines = text.split('\n').map((line) => (line.trim().startsWith('#') ? '' : line.trim()));
  const commands: ScriptCommand[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const head = lines[at] ?? '';
    if (head === '') {
      continue;
    }
    const isBlock = /^(?:load|eval)/i.test(head);
    const blank = lines.indexOf('', at);
    const end = !isBlock ? at + 1 : blank === -1 ? lines.length : blank;
    try {
      commands.push(readCommand(head, lines.slice(at + 1, end), at + 1));
    } catch (error) {
      throw new Error(`line ${at + 1}: ${head}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
    at = end - 1;
  }
  return commands;
}

function readCommand(head: string, body: readonly string[], line: number): ScriptCommand {
  if (head.toLowerCase() === 'clear') {
    return { kind: 'clear' };
  }
  const load = LOAD.exec(head)?.groups;
  if (load !== undefined) {
    const stepMs = parseScriptDuration(load.step ?? '');
    return { kind: 'load', stepMs, hasCustomBuckets: load.nhcb !== undefined, series: readSeries(body) };
  }
  return readEvaluation(head, body, line);
}

function readEvaluation(head: string, body: readonly string[], line: number): EvaluationCommand {
  const instant = INSTANT.exec(head)?.groups;
  const found = instant ?? RANGE.exec(head)?.groups;
  if (found === undefined) {
    throw new Error('no command');
  }
  const expected = parseExpectations(body, found.suffix as EvaluationSuffix);
  const atMs = expected.rangeVector?.endMs ?? parseScriptDuration(found.at ?? '0');
  const window = instant === undefined ? windowOf(found) : { startMs: atMs, endMs: atMs, stepMs: 1 };
  return { kind: 'eval', line, query: found.query ?? '', isInstant: instant !== undefined, window, expected };
}

function readSeries(body: readonly string[]): ScriptSeries[] {
  const series: ScriptSeries[] = [];
  let starts: (number | undefined)[] = [];
  for (const line of body) {
    const { labels, rest } = parseSeriesLine(line);
    if (STARTS.test(rest)) {
      starts = parseStartTimes(rest.replace(STARTS, ''));
      continue;
    }
    const values = parseValueSequence(rest);
    if (starts.length > 0 && starts.length !== values.length) {
      throw new Error(`${starts.length} start times for ${values.length} samples: ${line}`);
    }
    series.push({ labels, values, starts });
    starts = [];
  }
  return series;
}
