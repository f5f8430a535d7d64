import type { LabelSelectionStage, Stage } from './ast/stage.ts';
import { parseLabelFormat, parseLineFormat } from './parse-format-stage.ts';
import { isComparison, parseLabelFilter } from './parse-label-filter.ts';
import { parseMatcher } from './parse-matcher.ts';
import { parseJson, parseLogfmt, parsePattern, parseRegexp } from './parse-parser-stage.ts';
import type { TokenReader } from './token-reader.ts';

/** https://grafana.com/docs/loki/latest/query/log_queries/#drop-labels-expression */
function parseLabelSelection(tokens: TokenReader, kind: LabelSelectionStage['kind']): LabelSelectionStage {
  const labels = tokens.list(() => {
    const { text: name } = tokens.expect('name', 'a label name');
    return isOperatorNext(tokens) ? parseMatcher(tokens, name) : name;
  }, 'labels');
  return { kind, labels };
}

function isOperatorNext(tokens: TokenReader): boolean {
  return ['=', '!=', '=~', '!~'].some((operator) => tokens.isNext(operator));
}

/** What stands behind a bar and the name of a stage. */
const PARSERS: ReadonlyMap<string, (tokens: TokenReader) => Stage> = new Map<string, (tokens: TokenReader) => Stage>([
  ['json', parseJson],
  ['logfmt', parseLogfmt],
  ['regexp', parseRegexp],
  ['pattern', parsePattern],
  ['unpack', () => ({ kind: 'unpack' })],
  ['line_format', parseLineFormat],
  ['label_format', parseLabelFormat],
  ['decolorize', () => ({ kind: 'decolorize' })],
  ['drop', (tokens) => parseLabelSelection(tokens, 'drop')],
  ['keep', (tokens) => parseLabelSelection(tokens, 'keep')],
]);

/** Stages that nothing need stand behind: `| json != "x"` is one and a line filter. */
export const BARE_STAGES: ReadonlySet<string> = new Set(['json', 'logfmt', 'unpack', 'decolorize']);

/** Parses the stage behind a bar, which is taken already. A stage's name is a label before an operator that no line filter has. */
export function parseStage(tokens: TokenReader): Stage {
  const { kind, text } = tokens.peek();
  const isBare = BARE_STAGES.has(text) && (tokens.isNext('!=', 1) || tokens.isNext('!~', 1));
  if (tokens.isNext('(') || (isComparison(tokens) && !isBare)) {
    return { kind: 'label-filter', filter: parseLabelFilter(tokens) };
  }
  const parse = kind === 'name' ? PARSERS.get(text) : undefined;
  if (parse === undefined) {
    tokens.fail('a stage such as json, or a label filter such as status>=400, after "|"');
  }
  tokens.take();
  return parse(tokens);
}
