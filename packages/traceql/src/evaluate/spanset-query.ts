import type { FetchedSpan, SpanParts, UnixNanos } from '@aegisguard/model';
import { planPipeline, type SpansetPlan } from '../plan/plan-pipeline.ts';
import type { SpanNeeds } from '../plan/span-needs.ts';
import type { SpansetPipeline } from '../syntax/ast/spanset-pipeline.ts';
import { compilePipeline } from './compile-pipeline.ts';
import type { SpansetStage } from './compile-scalar.ts';
import type { Spanset } from './spanset.ts';
import type { TraceSpans } from './trace-spans.ts';

/** Only spans that start within it are found; inclusive and exclusive. */
export interface TimeRange {
  readonly start: UnixNanos;
  readonly end: UnixNanos;
}

/** A pipeline that can be run over traces, and what must be read for it. */
export class SpansetQuery {
  readonly plan: SpansetPlan;
  readonly #run: SpansetStage;
  /** A part that every span has that was read with its parts. */
  readonly #part: keyof FetchedSpan | undefined;

  /** `needs`: what is read besides what the pipeline itself reads. Throws `invalid-query` for an expression that RE2 does not understand. */
  constructor(pipeline: SpansetPipeline, needs?: SpanNeeds) {
    this.plan = planPipeline(pipeline, needs);
    this.#run = compilePipeline(pipeline);
    this.#part = partOf(this.plan.parts);
  }

  /** The spansets of one trace, of which the spans were read as the plan says. */
  find(trace: TraceSpans, range: TimeRange): readonly Spanset[] {
    const spans: number[] = [];
    for (const [index, span] of trace.spans.entries()) {
      const isTold = this.#part === undefined || span[this.#part] !== undefined;
      if (isTold && span.startTime >= range.start && span.startTime < range.end) {
        spans.push(index);
      }
    }
    return spans.length === 0 ? [] : this.#run(trace, [{ spans, attributes: [] }]);
  }
}

function partOf({ attributes, events, links, scope }: SpanParts): keyof FetchedSpan | undefined {
  if (attributes === true) {
    return 'attributes';
  }
  if (events === true) {
    return 'events';
  }
  if (links === true) {
    return 'links';
  }
  return scope === true ? 'scopeName' : undefined;
}
