import type { LogLine } from '@aegisguard/model';
import type { Stage } from '../syntax/ast/stage.ts';
import { compileDecolorize } from './decolorize/decolorize-stage.ts';
import { LabelFormatLineStage } from './format/label-format-stage.ts';
import { LineFormatLineStage } from './format/line-format-stage.ts';
import { ExtractJsonStage } from './json/extract-json-stage.ts';
import { JsonLineStage } from './json/json-stage.ts';
import { UnpackStage } from './json/unpack-stage.ts';
import { compileLabelFilterStage } from './label-filter/label-filter-stage.ts';
import { compileLabelSelection } from './label-selection/label-selection-stage.ts';
import { labelsOfStage, readsAnyLabel } from './labels-of-stage.ts';
import { compileLineFilter } from './line-filter/line-filter-stage.ts';
import { LineLabels } from './line-labels.ts';
import type { LinePipeline, PipelineLine } from './line-pipeline.ts';
import type { LineStage, LineState } from './line-stage.ts';
import { ExtractLogfmtStage } from './logfmt/extract-logfmt-stage.ts';
import { LogfmtLineStage } from './logfmt/logfmt-stage.ts';
import { NeededLabels } from './needed-labels.ts';
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
}

/** Makes stages ready; throws `invalid-query` for what one of them cannot do. */
export function compilePipeline(stages: readonly Stage[], options: PipelineOptions = {}): LinePipeline {
  const needed = new NeededLabels(neededNames(stages, options));
  return new StagePipeline(
    stages.map((stage) => compileStage(stage, needed)),
    needed,
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
  readonly #state: LineState = { timestamp: 0n, line: '', labels: new LineLabels() };

  constructor(stages: readonly LineStage[], needed: NeededLabels) {
    this.#stages = stages;
    this.#needed = needed;
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
    return state;
  }
}

function compileStage(stage: Stage, needed: NeededLabels): LineStage {
  switch (stage.kind) {
    case 'line-filter':
      return compileLineFilter(stage);
    case 'label-filter':
      return compileLabelFilterStage(stage.filter);
    case 'json':
      return stage.extractions.length === 0
        ? new JsonLineStage(needed)
        : new ExtractJsonStage(stage.extractions, needed);
    case 'logfmt':
      return stage.extractions.length === 0
        ? new LogfmtLineStage(stage, needed)
        : new ExtractLogfmtStage(stage, needed);
    case 'unpack':
      return new UnpackStage(needed);
    case 'regexp':
      return new RegexpLineStage(stage.expression, needed);
    case 'pattern':
      return new PatternLineStage(stage.expression, needed);
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
