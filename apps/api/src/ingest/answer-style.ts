import type { AegisError, IngestFormat, IngestProtocol, Signal } from '@aegisguard/model';
import type { BatchVerdict, MetricVerdict } from '@aegisguard/protocols';
import type { IngestAnswer } from './ingest-request.ts';

/** What became of a batch that was judged. */
export interface BatchOutcome {
  readonly signal: Signal;
  readonly batchId: string;
  readonly verdict: BatchVerdict | MetricVerdict;
}

/** How the clients of a protocol want to be told. */
export interface AnswerStyle {
  /** To a batch of which something was taken, or that was empty. */
  taken(outcome: BatchOutcome): IngestAnswer;
  /** To a batch whose records were all refused; a style whose answer to that is an error throws it. */
  allRefused(outcome: BatchOutcome): IngestAnswer;
  /** `RateLimit` and `Retry-After` are added by the gateway. */
  failed(error: AegisError, requestId: string): IngestAnswer;
}

/** A way to write a body, and how its senders are answered. */
export interface BodyForm {
  readonly format: IngestFormat;
  readonly protocol: IngestProtocol;
  readonly style: AnswerStyle;
}
