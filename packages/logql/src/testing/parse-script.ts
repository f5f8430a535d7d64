// Loki's test scripts: https://github.com/grafana/loki/tree/main/pkg/logql/internal/logqltest
import { parseDuration } from '@aegisguard/model';
import { parseExpectation } from './parse-expectation.ts';
import type { EvaluationCommand, ScriptCommand, ScriptLog } from './script-command.ts';
import { ScriptReader } from './script-reader.ts';

const INSTANT = /^eval\s+instant\s+at\s+(?<at>\S+)\s+(?<query>.+)$/;
const RANGE = /^eval\s+range\s+from\s+(?<from>\S+)\s+to\s+(?<to>\S+)\s+step\s+(?<step>\S+)\s+(?<query>.+)$/;
const INDEX = /\{\{\s*\.i\s*\}\}/g;

interface Line {
  readonly number: number;
  readonly text: string;
}

/** The commands of a script; one that is malformed is told as such, so that the others are of use. */
export function parseScript(text: string): ScriptCommand[] {
  const commands: ScriptCommand[] = [];
  for (const [head, ...body] of blocksOf(text)) {
    if (head !== undefined) {
      try {
        commands.push(readCommand(head, body));
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        commands.push({ kind: 'malformed', line: head.number, text: head.text, problem });
      }
    }
  }
  return commands;
}

/** A line that is not indented, with the indented ones behind it up to a blank one. Lines that are comments only do not count. */
function blocksOf(text: string): Line[][] {
  const blocks: Line[][] = [];
  let isOpen = false;
  for (const [at, written] of text.split('\n').entries()) {
    const line = withoutComment(written);
    if (line.trim() === '') {
      isOpen &&= written.trim() !== '';
    } else if (/^\s/.test(line)) {
      const block = isOpen ? blocks.at(-1) : undefined;
      if (block === undefined) {
        throw new Error(`line ${at + 1}: ${line} belongs to no command`);
      }
      block.push({ number: at + 1, text: line.trim() });
    } else {
      blocks.push([{ number: at + 1, text: line.trim() }]);
      isOpen = true;
    }
  }
  return blocks;
}

/** A `#` in quotes is no comment; within double quotes, a backslash hides the next character. */
function withoutComment(line: string): string {
  const piece = /"(?:[^"\\]|\\.)*"?|`[^`]*`?|[^"`#]+|(#)/g;
  for (const found of line.matchAll(piece)) {
    if (found[1] !== undefined) {
      return line.slice(0, found.index);
    }
  }
  return line;
}

function readCommand({ number, text }: Line, body: readonly Line[]): ScriptCommand {
  if (text === 'clear') {
    return { kind: 'clear' };
  }
  if (text === 'load') {
    return { kind: 'load', logs: body.flatMap((line) => readLogs(line.text)) };
  }
  const instant = INSTANT.exec(text)?.groups;
  const found = instant ?? RANGE.exec(text)?.groups;
  if (found === undefined) {
    throw new Error('no command');
  }
  const start = readDuration(found.at ?? found.from ?? '');
  const end = readDuration(found.at ?? found.to ?? '');
  const step = found.step === undefined ? 0n : readDuration(found.step);
  const points = step === 0n ? 1 : Number((end - start) / step) + 1;
  const expected = parseExpectation(
    body.map((line) => line.text),
    points,
  );
  return {
    kind: 'eval',
    line: number,
    query: found.query ?? '',
    isInstant: step === 0n,
    start,
    end,
    step,
    expected,
  } satisfies EvaluationCommand;
}

/** `{a="x"} "line {{.i}}" @ 10s [repeat every 10s for 6] [metadata k="v"]` */
function readLogs(text: string): ScriptLog[] {
  const reader = new ScriptReader(text);
  const stream = reader.labels();
  const line = reader.quoted();
  const start = readDuration(reader.expect(/@\s*(\S+)/, 'a time')[1] ?? '');
  const repeated = /\[repeat\s+every\s+(\S+)\s+for\s+(\d+)\]/;
  const before = reader.take(repeated);
  const metadata = reader.take(/\[metadata/) === undefined ? {} : readMetadata(reader);
  const repeat = before ?? reader.take(repeated);
  if (reader.rest !== '') {
    throw new Error(`nothing is expected at: ${reader.rest}`);
  }
  const step = repeat === undefined ? 0n : readDuration(repeat[1] ?? '');
  return Array.from({ length: Number(repeat?.[2] ?? 1) }, (_, index) => ({
    stream,
    metadata,
    line: line.replace(INDEX, String(index)),
    time: start + BigInt(index) * step,
  }));
}

function readMetadata(reader: ScriptReader): Record<string, string> {
  const metadata: Record<string, string> = {};
  while (reader.take(/\]/) === undefined) {
    const [, name, quoted] = reader.expect(/([^\s"=\]]+)|"([^"]*)"/, 'a name');
    reader.expect(/=/, '=');
    metadata[name ?? quoted ?? ''] = reader.escaped();
  }
  return metadata;
}

/** A Go duration in nanoseconds; `0` and signs, too. */
function readDuration(text: string): bigint {
  const size = text.replace(/^-/, '');
  const nanos = size === '0' ? 0n : parseDuration(size);
  if (nanos === undefined) {
    throw new Error(`no duration: ${text}`);
  }
  return text.startsWith('-') ? -nanos : nanos;
}
