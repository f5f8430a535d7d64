import type { FetchedSpan } from '@aegisguard/model';
import { TraceStructure } from './trace-structure.ts';
import type { Work } from './work.ts';

/** What is true of a whole trace. */
export interface TraceFacts {
  /** Latest end less earliest start, in nanoseconds. */
  readonly durationNanos: bigint;
  /** The first span without a parent; a trace whose root did not come has none. */
  readonly root: FetchedSpan | undefined;
}

/** Spans that are looked at together, by their indexes: those of one trace, or any, when nothing is asked that needs the others of a trace. What follows from all of them is found once, when it is asked for. */
export class TraceSpans {
  /** By start, then id. */
  readonly spans: readonly FetchedSpan[];
  readonly work: Work;
  #structure: TraceStructure | undefined;
  #facts: TraceFacts | undefined;

  constructor(spans: readonly FetchedSpan[], work: Work) {
    this.spans = [...spans].sort(byStart);
    this.work = work;
  }

  /** The span at an index that it has. */
  at(index: number): FetchedSpan {
    const span = this.spans[index];
    if (span === undefined) {
      throw new RangeError('No span of the trace has this index.');
    }
    return span;
  }

  get structure(): TraceStructure {
    this.#structure ??= new TraceStructure(this.spans);
    return this.#structure;
  }

  get facts(): TraceFacts {
    this.#facts ??= factsOf(this.spans);
    return this.#facts;
  }
}

function byStart(a: FetchedSpan, b: FetchedSpan): number {
  if (a.startTime !== b.startTime) {
    return a.startTime < b.startTime ? -1 : 1;
  }
  return a.spanId < b.spanId ? -1 : a.spanId > b.spanId ? 1 : 0;
}

function factsOf(spans: readonly FetchedSpan[]): TraceFacts {
  let latest = 0n;
  for (const { startTime, durationNanos } of spans) {
    const end = startTime + durationNanos;
    latest = end > latest ? end : latest;
  }
  return {
    durationNanos: latest - (spans[0]?.startTime ?? latest),
    root: spans.find(({ parentSpanId }) => parentSpanId === ''),
  };
}
