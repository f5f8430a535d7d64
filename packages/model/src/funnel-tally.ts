import { AegisError } from './aegis-error.ts';
import type { QueryStats } from './log-reader.ts';
import { NumberRuns } from './number-runs.ts';
import type { FunnelLatency, FunnelTrace, SpanFunnel, SpanFunnelQuery } from './span-funnel.ts';
import { type UnixNanos, unixNanos } from './unix-nanos.ts';

/** Each takes eight bytes of memory for every step that it passes. */
const TRACES_MAX = 2_000_000;

/** Each lies between the two nearest latencies, in proportion. */
const PERCENTILES = [0.5, 0.9, 0.95, 0.99] as const;

/** The spans that a trace passed steps with; it passed the first one. What is asked for seldom is made when it is asked for. */
export interface FunnelPath {
  readonly traceId: string;
  /** Steps that it passed. */
  readonly length: number;
  startOf(step: number): bigint;
  spanIdOf(step: number): string;
  isErrorAt(step: number): boolean;
}

/** The traces with the greatest keys, then the smallest ids. */
class FirstTraces {
  readonly #limit: number;
  readonly #found: { readonly key: bigint; readonly trace: FunnelTrace }[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(key: bigint, make: () => FunnelTrace): void {
    const last = this.#found.at(-1);
    const isFull = this.#found.length >= this.#limit;
    if (isFull && (last === undefined || key < last.key)) {
      return;
    }
    const trace = make();
    const isAfter = (other: { readonly key: bigint; readonly trace: FunnelTrace }) =>
      other.key < key || (other.key === key && other.trace.traceId > trace.traceId);
    const place = this.#found.findIndex(isAfter);
    this.#found.splice(place < 0 ? this.#found.length : place, 0, { key, trace });
    this.#found.length = Math.min(this.#found.length, this.#limit);
  }

  get traces(): readonly FunnelTrace[] {
    return this.#found.map(({ trace }) => trace);
  }
}

class StepTally {
  readonly latencies = new NumberRuns();
  readonly buckets = new Map<number, number>();
  readonly slowest: FirstTraces;
  readonly failed: FirstTraces;
  readonly dropped: FirstTraces;
  traces = 0;
  errors = 0;
  /** Exact, so that it does not depend on the order in which traces came. */
  latencySum = 0n;

  constructor(listed: number) {
    this.slowest = new FirstTraces(listed);
    this.failed = new FirstTraces(listed);
    this.dropped = new FirstTraces(listed);
  }

  addLatency(nanos: bigint): void {
    this.latencySum += nanos;
    this.latencies.add(Number(nanos));
  }
}

/** Adds up the ways of traces through a funnel. */
export class FunnelTally {
  readonly #query: SpanFunnelQuery;
  readonly #steps: readonly StepTally[];
  readonly #whole: StepTally;
  #isFull = false;

  constructor(query: SpanFunnelQuery) {
    this.#query = query;
    this.#steps = query.steps.map(() => new StepTally(query.listed));
    this.#whole = new StepTally(query.listed);
  }

  /** Adds the way of a trace. Throws as `throwIfFull` does. */
  add(path: FunnelPath): void {
    this.#isFull ||= this.#steps[0]?.traces === TRACES_MAX;
    this.throwIfFull();
    const enteredAt = unixNanos(path.startOf(0));
    const bucket = Number((enteredAt - this.#query.origin) / this.#query.width);
    for (const [step, tally] of this.#steps.entries()) {
      if (step >= path.length) {
        break;
      }
      this.#addStep(tally, path, step, { enteredAt, bucket });
    }
    if (path.length === this.#steps.length) {
      const last = path.length - 1;
      const latencyNanos = path.startOf(last) - enteredAt;
      this.#whole.traces += 1;
      this.#whole.addLatency(latencyNanos);
      this.#whole.slowest.offer(latencyNanos, () => traceOf(path, last, enteredAt, latencyNanos));
    }
  }

  /** Throws `query-too-large` once there were more traces than can be kept. */
  throwIfFull(): void {
    if (this.#isFull) {
      throw new AegisError('query-too-large', {
        detail: `More than ${TRACES_MAX} traces enter the funnel: ask for a shorter time, or for more in its first step.`,
      });
    }
  }

  /** What all that was added comes to. */
  funnel(stats: QueryStats): SpanFunnel {
    return {
      steps: this.#steps.map((tally, step) => ({
        traces: tally.traces,
        errors: tally.errors,
        latency: step === 0 ? undefined : latencyOf(tally),
        buckets: tally.buckets,
        slowest: tally.slowest.traces,
        failed: tally.failed.traces,
        dropped: tally.dropped.traces,
      })),
      latency: latencyOf(this.#whole),
      slowest: this.#whole.slowest.traces,
      stats,
    };
  }

  #addStep(
    tally: StepTally,
    path: FunnelPath,
    step: number,
    { enteredAt, bucket }: { readonly enteredAt: UnixNanos; readonly bucket: number },
  ): void {
    const latencyNanos = step === 0 ? 0n : path.startOf(step) - path.startOf(step - 1);
    const make = () => traceOf(path, step, enteredAt, latencyNanos);
    tally.traces += 1;
    tally.buckets.set(bucket, (tally.buckets.get(bucket) ?? 0) + 1);
    if (step > 0) {
      tally.addLatency(latencyNanos);
      tally.slowest.offer(latencyNanos, make);
    }
    if (path.isErrorAt(step)) {
      tally.errors += 1;
      tally.failed.offer(enteredAt, make);
    }
    if (step === path.length - 1 && path.length < this.#steps.length) {
      tally.dropped.offer(enteredAt, make);
    }
  }
}

function traceOf(path: FunnelPath, step: number, enteredAt: UnixNanos, latencyNanos: bigint): FunnelTrace {
  const { traceId } = path;
  return { traceId, spanId: path.spanIdOf(step), enteredAt, latencyNanos, isError: path.isErrorAt(step) };
}

function latencyOf({ latencies, latencySum }: StepTally): FunnelLatency | undefined {
  const { length } = latencies;
  if (length === 0) {
    return undefined;
  }
  const places = PERCENTILES.map((share) => (length - 1) * share);
  const below = latencies.at(places.map(Math.floor));
  const above = latencies.at(places.map(Math.ceil));
  const [p50 = 0, p90 = 0, p95 = 0, p99 = 0] = places.map((place, number) => {
    const [one = 0, other = 0] = [below[number], above[number]];
    return one + (other - one) * (place - Math.floor(place));
  });
  return { average: Number(latencySum) / length, p50, p90, p95, p99 };
}
