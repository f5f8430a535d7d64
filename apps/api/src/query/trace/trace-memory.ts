import type { OrgId } from '@aegisguard/model';

interface Kept<Trace> {
  readonly trace: Trace;
  readonly spans: number;
  readonly until: number;
}

/** Keeps what was read last for a short while, until together it has too many spans: who looks at a trace asks for one span or part of it after the other, each time of the same whole. */
export class TraceMemory<Trace> {
  private readonly kept = new Map<string, Kept<Trace>>();
  private spans = 0;
  private readonly bounds: { readonly ttlMs: number; readonly spansMax: number };
  private readonly nowMs: () => number;

  constructor(bounds: { readonly ttlMs: number; readonly spansMax: number }, nowMs: () => number) {
    this.bounds = bounds;
    this.nowMs = nowMs;
  }

  get(orgId: OrgId, traceId: string): Trace | undefined {
    this.forgetOld();
    return this.kept.get(`${orgId} ${traceId}`)?.trace;
  }

  /** A trace of more spans than may be kept is not. */
  set(orgId: OrgId, traceId: string, trace: Trace, spans: number): void {
    this.forget(`${orgId} ${traceId}`);
    this.forgetOld();
    for (const oldest of this.kept.keys()) {
      if (this.spans + spans > this.bounds.spansMax) {
        this.forget(oldest);
      }
    }
    if (this.spans + spans <= this.bounds.spansMax) {
      this.kept.set(`${orgId} ${traceId}`, { trace, spans, until: this.nowMs() + this.bounds.ttlMs });
      this.spans += spans;
    }
  }

  /** Entries stand in the order in which they end. */
  private forgetOld(): void {
    for (const [key, { until }] of this.kept) {
      if (until > this.nowMs()) {
        return;
      }
      this.forget(key);
    }
  }

  private forget(key: string): void {
    this.spans -= this.kept.get(key)?.spans ?? 0;
    this.kept.delete(key);
  }
}
