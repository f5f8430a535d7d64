// What stands below `eval` in https://github.com/prometheus/prometheus/tree/main/promql/promqltest
import { unquote } from '../syntax/unquote.ts';
import { parseScriptDuration, parseScriptNumber } from './parse-script-number.ts';
import { parseSeriesLine } from './parse-series-line.ts';
import { parseValueSequence } from './parse-value-sequence.ts';
import type { Expectations, MessageExpectation, ScriptWindow } from './script-command.ts';

const RANGE_VECTOR = /^expect\s+range\s+vector\s+from\s+(?<from>\S+)\s+to\s+(?<to>\S+)\s+step\s+(?<step>\S+)$/;
const TEXT = /^expect\s+string\s+(?<text>.+)$/;
const DIRECTIVE = /^expect\s+(?<what>fail|warn|info|no_warn|no_info|ordered)(?:\s+(?<kind>msg|regex):\s*(?<text>.*))?$/;
const OLD_FAIL = /^expected_fail_(?<kind>message|regexp)\s+(?<text>.+)$/;
const NUMBER = /^[-+]?(?:inf|nan|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)$/i;

/** The suffix of `eval_fail`, `eval_ordered` and so on. */
export type EvaluationSuffix = 'fail' | 'warn' | 'info' | 'ordered' | undefined;

type Draft = { -readonly [key in keyof Expectations]: Expectations[key] };

/** Reads the lines below an `eval`. Throws for a line that is none of an evaluation's. */
export function parseExpectations(lines: readonly string[], suffix: EvaluationSuffix): Expectations {
  const any: MessageExpectation = { kind: 'any' };
  const draft: Draft = {
    fail: suffix === 'fail' ? any : undefined,
    warn: suffix === 'warn' ? [any] : [],
    info: suffix === 'info' ? [any] : [],
    hasNoWarn: false,
    hasNoInfo: false,
    isOrdered: suffix === 'ordered',
    rangeVector: undefined,
    text: undefined,
    scalar: undefined,
    series: [],
  };
  for (const line of lines) {
    if (NUMBER.test(line)) {
      draft.scalar = parseScriptNumber(line);
      break;
    }
    if (!readDirective(line, draft)) {
      const { labels, rest } = parseSeriesLine(line);
      draft.series = [...draft.series, { labels, values: parseValueSequence(rest), starts: [] }];
    }
  }
  if ((draft.hasNoWarn && draft.warn.length > 0) || (draft.hasNoInfo && draft.info.length > 0)) {
    throw new Error('an annotation and none at the same time are expected');
  }
  return draft;
}

function readDirective(line: string, draft: Draft): boolean {
  const range = RANGE_VECTOR.exec(line)?.groups;
  const text = TEXT.exec(line)?.groups;
  const directive = DIRECTIVE.exec(line)?.groups;
  const old = OLD_FAIL.exec(line)?.groups;
  if (range !== undefined) {
    draft.rangeVector = windowOf(range);
  } else if (text?.text !== undefined) {
    const word = text.text.trim();
    draft.text = unquote({ kind: 'string', text: word, word, from: 0, to: word.length });
  } else if (directive?.what !== undefined) {
    applyDirective(directive.what, messageOf(directive.kind, directive.text), draft);
  } else if (old !== undefined) {
    draft.fail = messageOf(old.kind === 'message' ? 'msg' : 'regex', old.text);
  } else {
    return false;
  }
  return true;
}

function applyDirective(what: string, message: MessageExpectation, draft: Draft): void {
  switch (what) {
    case 'fail':
      draft.fail = message;
      break;
    case 'warn':
      draft.warn = [...draft.warn, message];
      break;
    case 'info':
      draft.info = [...draft.info, message];
      break;
    case 'no_warn':
      draft.hasNoWarn = true;
      break;
    case 'no_info':
      draft.hasNoInfo = true;
      break;
    default:
      draft.isOrdered = true;
  }
}

function messageOf(kind: string | undefined, text = ''): MessageExpectation {
  return kind === 'msg' || kind === 'regex' ? { kind, text: text.trim() } : { kind: 'any' };
}

/** Times that a script names by `from`, `to` and `step`. */
export function windowOf({ from = '', to = '', step = '' }: Readonly<Record<string, string>>): ScriptWindow {
  return { startMs: parseScriptDuration(from), endMs: parseScriptDuration(to), stepMs: parseScriptDuration(step) };
}
