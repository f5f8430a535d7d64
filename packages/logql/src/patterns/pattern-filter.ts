import type { LineFilterStage } from '../syntax/ast/stage.ts';
import type { LogPattern, PatternPart } from './log-pattern.ts';

/** In a pattern filter this would be a capture. */
const CAPTURE = /<[A-Za-z_][A-Za-z0-9_]*>/;
const SPECIAL = /[\\^$.*+?()[\]{}|]/g;

/** The pattern as LogQL's pattern filters write it, varying places as `<_>`. */
export function patternText({ parts }: Pick<LogPattern, 'parts'>): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '<_>')).join('');
}

/** The filter that keeps, or with `isExcluded` drops, the lines of a pattern. */
export function patternFilter(pattern: Pick<LogPattern, 'parts'>, isExcluded: boolean): LineFilterStage {
  const isPlain = pattern.parts.every(
    (part, at) =>
      (part.kind === 'text' && !CAPTURE.test(part.text)) ||
      (part.kind === 'wildcard' && pattern.parts[at - 1]?.kind !== 'wildcard'),
  );
  return isPlain && pattern.parts.some(({ kind }) => kind === 'wildcard')
    ? { kind: 'line-filter', op: isExcluded ? '!>' : '|>', operands: [{ kind: 'text', value: patternText(pattern) }] }
    : {
        kind: 'line-filter',
        op: isExcluded ? '!~' : '|~',
        operands: [{ kind: 'text', value: expressionOf(pattern.parts) }],
      };
}

/** The same as a regular expression over the whole line. */
function expressionOf(parts: readonly PatternPart[]): string {
  const inner = parts.map((part) => (part.kind === 'text' ? part.text.replace(SPECIAL, '\\$&') : '.+')).join('');
  return `(?s)^${inner}$`;
}
