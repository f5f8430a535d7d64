// The format: https://github.com/prometheus/prometheus/tree/main/promql/promqltest
import { type Labels, parseDuration } from '@aegisguard/model';
import { parseQuery } from '../syntax/parse-query.ts';
import { parseValueSequence, type ScriptValue } from './parse-value-sequence.ts';

/** A series with its values, one a step from time 0 or from the evaluation's start. */
export interface ScriptSeries {
  readonly labels: Labels;
  readonly values: readonly ScriptValue[];
}

/** One command of a script. Times are in ms. */
export type ScriptCommand =
  | { readonly kind: 'clear' }
  | { readonly kind: 'load'; readonly stepMs: number; readonly series: readonly ScriptSeries[] }
  | {
      readonly kind: 'eval';
      readonly line: number;
      readonly query: string;
      readonly startMs: number;
      readonly endMs: number;
      readonly stepMs: number;
      readonly isInstant: boolean;
      /** `undefined` when something is expected that is not read here: a number, a text, an error, histograms. */
      readonly expected: readonly ScriptSeries[] | undefined;
    };

const INSTANT = /^eval(?:_ordered)?\s+instant\s+(?:at\s+(?<at>\S+)\s+)?(?<query>.+)$/;
const RANGE = /^eval\s+range\s+from\s+(?<from>\S+)\s+to\s+(?<to>\S+)\s+step\s+(?<step>\S+)\s+(?<query>.+)$/;
const LOAD = /^load\s+(?<step>\S+)$/;
const SERIES = /^(?<metric>(?:[^{\s]+(?=[{\s]))?\s*(?:\{[^}]*\})?)\s+(?<values>.+)$/;

function msOf(duration: string): number {
  return duration === '0' ? 0 : Number(parseDuration(duration) ?? 0n) / 1e6;
}

function labelsOf(metric: string): Labels {
  if (/^\{\s*\}$/.test(metric)) {
    return [];
  }
  const parsed = parseQuery(metric);
  const pairs =
    parsed.kind === 'vector-selector' ? parsed.matchers.map(({ name, value }) => [name, value] as const) : [];
  return pairs.filter(([, value]) => value !== '').sort(([a], [b]) => (a < b ? -1 : 1));
}

function readSeries(line: string): ScriptSeries | undefined {
  const { metric = '', values = '' } = SERIES.exec(line)?.groups ?? {};
  const sequence = metric.trim() === '' ? undefined : parseValueSequence(values);
  return sequence === undefined ? undefined : { labels: labelsOf(metric.trim()), values: sequence };
}

function readEvaluation(head: string, body: readonly string[], line: number): ScriptCommand | undefined {
  const instant = INSTANT.exec(head)?.groups;
  const range = RANGE.exec(head)?.groups;
  const { query = '' } = instant ?? range ?? {};
  if (query === '') {
    return undefined;
  }
  const atMs = msOf(instant?.at ?? '0');
  const times = range
    ? { startMs: msOf(range.from ?? ''), endMs: msOf(range.to ?? ''), stepMs: msOf(range.step ?? '') }
    : { startMs: atMs, endMs: atMs, stepMs: 1 };
  const series = body.map(readSeries);
  const isRead = series.every((one) => one !== undefined) && !body.some((one) => one.startsWith('expect '));
  const expected = isRead ? series.filter((one) => one !== undefined) : undefined;
  return { kind: 'eval', line, query, ...times, isInstant: instant !== undefined, expected };
}

function readCommand(head: string, body: readonly string[], line: number): ScriptCommand | undefined {
  const load = LOAD.exec(head)?.groups;
  if (load !== undefined) {
    return {
      kind: 'load',
      stepMs: msOf(load.step ?? ''),
      series: body.map(readSeries).filter((one) => one !== undefined),
    };
  }
  return head === 'clear' ? { kind: 'clear' } : readEvaluation(head, body, line);
}

/** The commands of a script, as far as they are read: floats only, and no other expectations than values. */
export function parseScript(text: string): ScriptCommand[] {
  const lines = text.split('\n').map((line) => (line.trim().startsWith('#') ? '' : line.trim()));
  const commands: ScriptCommand[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const head = lines[at] ?? '';
    const isBlock = /^(?:load|eval)/.test(head);
    const end = isBlock ? lines.indexOf('', at) : at + 1;
    const command = readCommand(head, lines.slice(at + 1, end === -1 ? lines.length : end), at + 1);
    if (command !== undefined) {
      commands.push(command);
    }
    at = end === -1 ? lines.length : end - 1;
  }
  return commands;
}
