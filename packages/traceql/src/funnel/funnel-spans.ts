import { AegisError, type FetchedSpan, type FunnelPath } from '@aegisguard/model';

/** Spans of steps that are in memory together. */
const SPANS_MAX = 500_000;

/** What is kept of a span of a step. */
type StepSpan = Pick<FetchedSpan, 'spanId' | 'startTime'> & { readonly isError: boolean };

/** A trace's spans of each step. */
type TraceSteps = StepSpan[][];

/** The spans of a funnel's steps, one step after the other; of traces that did not enter none is kept. */
export class FunnelSpans {
  readonly #traces = new Map<string, TraceSteps>();
  #count = 0;

  /** Adds a span of a step. Those of the first step come first. */
  add(step: number, { traceId, spanId, startTime, status }: FetchedSpan): void {
    const known = this.#traces.get(traceId);
    if (known === undefined && step > 0) {
      return;
    }
    this.#count += 1;
    if (this.#count > SPANS_MAX) {
      throw new AegisError('query-too-large', {
        detail: `The steps have more than ${SPANS_MAX} spans that must be looked at one by one: ask for a shorter time, or for more in each step.`,
      });
    }
    const steps = known ?? [];
    steps[step] ??= [];
    steps[step].push({ spanId, startTime, isError: status === 'error' });
    if (known === undefined) {
      this.#traces.set(traceId, steps);
    }
  }

  /** How each trace that entered went through so many steps. */
  *paths(stepCount: number): Generator<FunnelPath> {
    for (const [traceId, steps] of this.#traces) {
      const path = passedSpans(steps, stepCount);
      yield {
        traceId,
        length: path.length,
        startOf: (step) => path[step]?.startTime ?? 0n,
        spanIdOf: (step) => path[step]?.spanId ?? '',
        isErrorAt: (step) => path[step]?.isError === true,
      };
    }
  }
}

/** The rule of `SpanFunnelQuery`. */
function passedSpans(steps: TraceSteps, stepCount: number): readonly StepSpan[] {
  const path: StepSpan[] = [];
  for (let step = 0; step < stepCount; step += 1) {
    const before = path.at(-1);
    let next: StepSpan | undefined;
    for (const span of steps[step] ?? []) {
      const isLater = before === undefined || span.startTime >= before.startTime;
      if (
        isLater &&
        (next === undefined || isBefore(span, next)) &&
        !path.some(({ spanId }) => spanId === span.spanId)
      ) {
        next = span;
      }
    }
    if (next === undefined) {
      break;
    }
    path.push(next);
  }
  return path;
}

function isBefore(a: StepSpan, b: StepSpan): boolean {
  return a.startTime === b.startTime ? a.spanId < b.spanId : a.startTime < b.startTime;
}
