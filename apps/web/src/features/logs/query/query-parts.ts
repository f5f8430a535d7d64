// The parts of a log query as its text has them, for changing one and leaving the others as they were written.
// https://grafana.com/docs/loki/latest/query/log_queries/

import type { MatchOperator } from '@aegisguard/model';
import { matchersOf } from './edit-query.ts';
import { unquoteLogQl } from './logql-string.ts';
import { type Token, tokenizeLogQl } from './logql-tokens.ts';

/** The operators of line filters. */
export const LINE_OPERATORS = ['|=', '!=', '|~', '!~', '|>', '!>'] as const;

/** One of them. */
export type LineOperator = (typeof LINE_OPERATORS)[number];

/** The operators of label filters; what stands behind the ones for order is a number, a duration or a size. */
export const LABEL_OPERATORS = ['=', '!=', '=~', '!~', '>', '>=', '<', '<='] as const;

/** One of them. */
export type LabelOperator = (typeof LABEL_OPERATORS)[number];

/** Where a part stands; UTF-16 offsets. */
interface Placed {
  readonly start: number;
  readonly end: number;
}

/** A matcher of the selector: `service="api"`. */
export interface MatcherPart extends Placed {
  readonly kind: 'matcher';
  readonly name: string;
  readonly op: MatchOperator;
  readonly value: string;
}

/** A filter of lines by one text: `|= "timeout"`. */
export interface LinePart extends Placed {
  readonly kind: 'line';
  readonly op: LineOperator;
  readonly value: string;
}

/** A filter behind the pipeline so far: `| status>=400`. */
export interface LabelPart extends Placed {
  readonly kind: 'label';
  readonly name: string;
  readonly op: LabelOperator;
  readonly value: string;
  /** The value is written as it is: a number, a duration or a size. */
  readonly isNumber: boolean;
}

/** Any other stage, as it is written. */
interface StagePart extends Placed {
  readonly kind: 'stage';
  readonly text: string;
}

/** A part that is a chip. */
export type QueryPart = MatcherPart | LinePart | LabelPart | StagePart;

/** A query's only selector and its pipeline. */
export interface PartedQuery {
  readonly parts: readonly QueryPart[];
  /** Where another stage may stand: behind the last one, before what makes numbers of the logs. */
  readonly stagesEnd: number;
}

const IS_LINE_OPERATOR: ReadonlySet<string> = new Set(LINE_OPERATORS);
const IS_LABEL_OPERATOR: ReadonlySet<string> = new Set([...LABEL_OPERATORS, '==']);
/** Stages behind whose names `!=` belongs to them. */
const MATCHING_STAGES: ReadonlySet<string> = new Set(['drop', 'keep']);
/** Stages that take no comparison: what looks like one behind them is a line filter. */
const PARSERS: ReadonlySet<string> = new Set(['json', 'logfmt', 'unpack', 'decolorize', 'regexp', 'pattern']);

/** True when the token begins a stage, seen from the stage before. */
function beginsStage(token: Token, stage: readonly Token[]): boolean {
  if (token.kind !== 'operator') {
    return false;
  }
  if (token.text !== '!=' && token.text !== '!~') {
    return token.text === '|' || IS_LINE_OPERATOR.has(token.text);
  }
  // A comparison, where a name stands before it; `| json != "x"` is a parser and a line filter.
  const [bar, name] = stage;
  const last = stage.at(-1);
  const isNamed = last?.kind === 'word' || last?.kind === 'keyword';
  const isParser = bar?.text === '|' && PARSERS.has(name?.text ?? '');
  return !isNamed || (isParser && !MATCHING_STAGES.has(name?.text ?? ''));
}

/** The tokens of each stage behind a selector; ends where the pipeline does. */
function stagesBehind(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const stages: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    const stage = stages.at(-1);
    if (depth === 0 && beginsStage(token, stage ?? [])) {
      stages.push([token]);
      continue;
    }
    if (stage === undefined || (depth === 0 && [')', '[', ']'].includes(token.text))) {
      break;
    }
    depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
    stage.push(token);
  }
  return stages;
}

function linePart(stage: readonly Token[], place: Placed): LinePart | undefined {
  const [operator, text] = stage;
  const op = LINE_OPERATORS.find((each) => each === operator?.text);
  const value = text?.kind === 'string' ? unquoteLogQl(text.text) : undefined;
  return op === undefined || value === undefined || stage.length !== 2
    ? undefined
    : { kind: 'line', op, value, ...place };
}

function labelPart(stage: readonly Token[], place: Placed): LabelPart | undefined {
  const [bar, name, operator, given] = stage;
  const isNamed = name?.kind === 'word' || name?.kind === 'keyword';
  if (
    bar?.text !== '|' ||
    !isNamed ||
    given === undefined ||
    stage.length !== 4 ||
    !IS_LABEL_OPERATOR.has(operator?.text ?? '')
  ) {
    return undefined;
  }
  const op = LABEL_OPERATORS.find((each) => each === operator?.text) ?? '=';
  const isNumber = given.kind === 'number';
  const value = isNumber ? given.text : given.kind === 'string' ? unquoteLogQl(given.text) : undefined;
  return value === undefined ? undefined : { kind: 'label', name: name.text, op, value, isNumber, ...place };
}

/** Reads the parts of a query with one selector, also inside of a metric query; undefined for any other. */
export function partsOf(query: string): PartedQuery | undefined {
  if (query.trim() === '') {
    return { parts: [], stagesEnd: query.length };
  }
  const tokens = tokenizeLogQl(query).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const opens = tokens.filter(({ kind }) => kind === 'open');
  const closeAt = tokens.findIndex(({ kind }) => kind === 'close');
  const close = tokens[closeAt];
  if (opens.length !== 1 || close === undefined) {
    return undefined;
  }
  const placed = stagesBehind(tokens.slice(closeAt + 1)).map((stage) => {
    const last = stage.at(-1);
    const start = stage[0]?.start ?? 0;
    return { stage, start, end: last === undefined ? start : last.start + last.text.length };
  });
  const unwrapAt = placed.findIndex(({ stage }) => stage[1]?.text === 'unwrap');
  const shown = unwrapAt === -1 ? placed : placed.slice(0, unwrapAt);
  const stages = shown.map(({ stage, start, end }): QueryPart => {
    const place = { start, end };
    const text = query.slice(start, end);
    return linePart(stage, place) ?? labelPart(stage, place) ?? { kind: 'stage', text, ...place };
  });
  return {
    parts: [...matchersOf(query).map((matcher): MatcherPart => ({ kind: 'matcher', ...matcher })), ...stages],
    stagesEnd: shown.at(-1)?.end ?? close.start + 1,
  };
}

/** A query's parts with keys that stay theirs when others change: what a part says, and the how-manieth it is that says so. Undefined where there are none. */
export function keyedParts(query: string): readonly { readonly key: string; readonly part: QueryPart }[] | undefined {
  const seen = new Map<string, number>();
  return partsOf(query)?.parts.map((part) => {
    const text = query.slice(part.start, part.end);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return { key: `${count} ${text}`, part };
  });
}
