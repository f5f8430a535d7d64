import type { LogLine } from '@aegisguard/model';
import type { Stage } from '../syntax/ast/stage.ts';
import { ExtractJsonStage } from './json/extract-json-stage.ts';
import { JsonLineStage } from './json/json-stage.ts';
import { UnpackStage } from './json/unpack-stage.ts';
import { compileLabelFilterStage } from './label-filter/label-filter-stage.ts';
import { compileLineFilter } from './line-filter/line-filter-stage.ts';
import { LineLabels } from './line-labels.ts';
import type { LinePipeline, PipelineLine } from './line-pipeline.ts';
import type { LineStage, LineState } from './line-stage.ts';
import { ExtractLogfmtStage } from './logfmt/extract-logfmt-stage.ts';
import { LogfmtLineStage } from './logfmt/logfmt-stage.ts';
import { NeededLabels } from './needed-labels.ts';

/** Makes stages ready; throws `invalid-query` for what one of them cannot do. */
export function compilePipeline(stages: readonly Stage[]): LinePipeline {
  const needed = new NeededLabels();
  return new StagePipeline(
    stages.map((stage) => compileStage(stage, needed)),
    needed,
  );
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
    default:
      throw new Error(`not yet: ${stage.kind}`);
  }
}
