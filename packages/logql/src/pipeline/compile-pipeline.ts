import type { LogLine } from '@aegisguard/model';
import type { Stage } from '../syntax/ast/stage.ts';
import { compileDecolorize } from './decolorize/decolorize-stage.ts';
import { earlyTests } from './early-tests.ts';
import { LabelFormatLineStage } from './format/label-format-stage.ts';
import { LineFormatLineStage } from './format/line-format-stage.ts';
import { ExtractJsonStage } from './json/extract-json-stage.ts';
import { JsonLineStage } from './json/json-stage.ts';
import { UnpackStage } from './json/unpack-stage.ts';
import { compileLabelFilterStage } from './label-filter/label-filter-stage.ts';
import { compileLabelSelection } from './label-selection/label-selection-stage.ts';
import { labelsOfStage, readsAnyLabel } from './labels-of-stage.ts';
import { compileLineFilter } from './line-filter/line-filter-stage.ts';
import { ERROR_LABEL, LineLabels } from './line-labels.ts';
import type { LinePipeline, PipelineLine } from './line-pipeline.ts';
import type { LineStage, LineState } from './line-stage.ts';
import { ExtractLogfmtStage } from './logfmt/extract-logfmt-stage.ts';
import { LogfmtLineStage } from './logfmt/logfmt-stage.ts';
import { NeededLabels } from './needed-labels.ts';
import { ParsedLabels } from './parsed-labels.ts';
import { PatternLineStage } from './pattern/pattern-stage.ts';
import { RegexpLineStage } from './regexp/regexp-stage.ts';

/** What is known of the use of a pipeline's results. */
export interface PipelineOptions {
  /**
   * The only labels that anything behind the pipeline asks for: those that an aggregation groups by, the one that is unwrapped, those of filters behind `unwrap`.
   * Parsers then stop as soon as they have these and the stages' own, as Loki's do, and do not notice errors further on in a line; with no labels at all they do
   * not run. Absent, all labels are made.
   */
  readonly neededLabels?: readonly string[];
  /** Whether a metric query names `__error__` anywhere: lines that a parser cannot read are wanted then, and Loki marks them so. */
  readonly asksForErrors?: boolean;
}

const PARSER_ERRORS: ReadonlySet<string | undefined> = new Set(['JSONParserErr', 'LogfmtParserErr']);
/** The mark: in a metric query, such lines are no failure. */
export const PRESERVE_ERROR_LABEL = '__preserve_error__';

/** Makes stages ready; throws `invalid-query` for what one of them cannot do. */
export function compilePipeline(stages: readonly Stage[], options: PipelineOptions = {}): LinePipeline {
  const needed = new NeededLabels(neededNames(stages, options));
  return new StagePipeline(
    stages.map((stage, i) => compileStage(stage, new ParsedLabels(needed, earlyTests(stages.slice(i + 1))))),
    needed,
    options.asksForErrors === true,
  );
}

function neededNames(stages: readonly Stage[], { neededLabels }: PipelineOptions): readonly string[] | undefined {
  return neededLabels === undefined || stages.some(readsAnyLabel)
    ? undefined
    : [...neededLabels, ...stages.flatMap(labelsOfStage)];
}

class StagePipeline implements LinePipeline {
  readonly #stages: readonly LineStage[];
  readonly #needed: NeededLabels;
  readonly #marksErrors: boolean;
  readonly #state: LineState = { timestamp: 0n, line: '', labels: new LineLabels() };

  constructor(stages: readonly LineStage[], needed: NeededLabels, marksErrors: boolean) {
    this.#stages = stages;
    this.#needed = needed;
    this.#marksErrors = marksErrors;
  }

  process(log: LogLine): PipelineLine | undefined {
    const state = this.#state;
    state.timestamp = log.timestamp;
    state.line = log.line;
    state.labels.begin(log.labels);
    this.#needed.begin();
    for (const stage of this.#stages) {
      if (!stage.run(state)) {
        return;
      }
    }
    if (this.#marksErrors && PARSER_ERRORS.has(state.labels.get(ERROR_LABEL))) {
      state.labels.setParsed(PRESERVE_ERROR_LABEL, 'true');
    }
    return state;
  }
}

function compileStage(stage: Stage, parsed: ParsedLabels): LineStage {
  switch (stage.kind) {
    case 'line-filter':
      return compileLineFilter(stage);
    case 'label-filter':
      return compileLabelFilterStage(stage.filter);
    case 'json':
      return stage.extractions.length === 0
        ? new JsonLineStage(parsed)
        : new ExtractJsonStage(stage.extractions, parsed.needed);
    case 'logfmt':
      return stage.extractions.length === 0
        ? new LogfmtLineStage(stage, parsed)
        : new ExtractLogfmtStage(stage, parsed.needed);
    case 'unpack':
      return new UnpackStage(parsed);
    case 'regexp':
      return new RegexpLineStage(stage.expression, parsed);
    case 'pattern':
      return new PatternLineStage(stage.expression, parsed);
    case 'drop':
    case 'keep':
      return compileLabelSelection(stage);
    case 'decolorize':
      return compileDecolorize();
    case 'line-format':
      return new LineFormatLineStage(stage.template);
    case 'label-format':
      return new LabelFormatLineStage(stage.formats);
  }
}
