import { appendMatcher, removeMatcher } from './edit-query.ts';
import { quoteLogQl } from './logql-string.ts';
import { printMatcher } from './print-matchers.ts';
import {
  type LabelOperator,
  type LabelPart,
  type LinePart,
  type MatcherPart,
  partsOf,
  type QueryPart,
} from './query-parts.ts';

/** A part that is not in a query yet. */
export type NewPart =
  | Omit<MatcherPart, 'start' | 'end'>
  | Omit<LinePart, 'start' | 'end'>
  | Omit<LabelPart, 'start' | 'end'>;

/** What is behind an operator for order. */
const NUMBER = /^-?\d+(?:\.\d+)?[A-Za-zµ]*(?:\d+(?:\.\d+)?[A-Za-zµ]+)*$/;
const ORDER: ReadonlySet<string> = new Set<LabelOperator>(['>', '>=', '<', '<=']);

/** True when an operator can stand before a value: those for order want a number, a duration or a size. */
export function canCompare(op: string, value: string): boolean {
  return !ORDER.has(op) || NUMBER.test(value);
}

/** A part as a query has it. */
export function printPart(part: NewPart): string {
  switch (part.kind) {
    case 'matcher':
      return printMatcher(part);
    case 'line':
      return `${part.op} ${quoteLogQl(part.value)}`;
    case 'label': {
      const isWritten = ORDER.has(part.op) || (part.isNumber && NUMBER.test(part.value) && !part.op.endsWith('~'));
      return `| ${part.name}${part.op}${isWritten ? part.value : quoteLogQl(part.value)}`;
    }
  }
}

function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** Adds a matcher to the selector, or a stage behind the others. */
export function addPart(query: string, part: NewPart): string {
  return part.kind === 'matcher' ? appendMatcher(query, printPart(part)) : addStage(query, printPart(part));
}

/** Adds a stage, as it is written, behind the others. */
export function addStage(query: string, stage: string): string {
  if (query.trim() === '') {
    return `{} ${stage}`;
  }
  const end = partsOf(query)?.stagesEnd;
  return end === undefined ? query : splice(query, end, end, ` ${stage}`);
}

/** Puts a part in the place of another one. */
export function replacePart(query: string, old: QueryPart, part: NewPart): string {
  const isSameRoom = (old.kind === 'matcher') === (part.kind === 'matcher');
  return isSameRoom ? splice(query, old.start, old.end, printPart(part)) : addPart(removePart(query, old), part);
}

/** Takes a part out. */
export function removePart(query: string, part: QueryPart): string {
  if (part.kind === 'matcher') {
    return removeMatcher(query, part);
  }
  const before = /\s*$/.exec(query.slice(0, part.start))?.[0] ?? '';
  // A line break behind a comment must stay.
  const from = before.includes('\n') ? part.start : part.start - before.length;
  return splice(query, from, part.end, '');
}

const OPPOSITES: Readonly<Record<string, string>> = {
  '=': '!=',
  '!=': '=',
  '=~': '!~',
  '!~': '=~',
  '>': '<=',
  '<=': '>',
  '<': '>=',
  '>=': '<',
};
const LINE_OPPOSITES: Readonly<Record<LinePart['op'], LinePart['op']>> = {
  '|=': '!=',
  '!=': '|=',
  '|~': '!~',
  '!~': '|~',
  '|>': '!>',
  '!>': '|>',
};

/** The part that selects what this one leaves out. */
export function negated<Part extends NewPart>(part: Part): Part {
  const op = part.kind === 'line' ? LINE_OPPOSITES[part.op] : OPPOSITES[part.op];
  return { ...part, op: op ?? part.op };
}

/** Compares a label that the pipeline made with a value, behind the pipeline; the newest wish about a value wins. */
export function filterParsed(query: string, name: string, value: string, exclude: boolean): string {
  const part: NewPart = { kind: 'label', name, op: exclude ? '!=' : '=', value, isNumber: false };
  const same = partsOf(query)?.parts.filter((each) => each.kind === 'label' && each.name === name) ?? [];
  const others = same.filter((each): each is LabelPart => each.kind === 'label' && !each.isNumber);
  if (others.some((each) => each.op === part.op && each.value === value)) {
    return query;
  }
  const opposite = negated(part).op;
  const replaced = others.find(
    (each) => (each.op === opposite && each.value === value) || (part.op === '=' && each.op === '='),
  );
  return replaced === undefined ? addPart(query, part) : replacePart(query, replaced, part);
}

/** The part that demands the value behind the pipeline, if there is one. */
export function parsedFilter(query: string, name: string, value: string): QueryPart | undefined {
  return partsOf(query)?.parts.find(
    (part) => part.kind === 'label' && part.name === name && part.op === '=' && part.value === value,
  );
}
