// https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/, https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs
import type { AegisError } from '@aegisguard/model';
import type { MetricVerdict } from '@aegisguard/protocols';
import type { AnswerStyle, BatchOutcome } from './answer-style.ts';
import { describeRefusals } from './describe-refusals.ts';
import type { IngestAnswer } from './ingest-request.ts';
import { statusMessage } from './otlp-style.ts';

const PLAIN = 'text/plain; charset=utf-8';
const NONE_WRITTEN = { samples: 0, histograms: 0, exemplars: 0 };

/** Answers in words: 204 when all was taken; 400 with the reason when something was refused, whatever was taken, so that the client counts it and does not repeat it. */
function plainStyle(headersOf: (accepted: MetricVerdict['accepted']) => Readonly<Record<string, string>>): AnswerStyle {
  const answer = (outcome: BatchOutcome, accepted: MetricVerdict['accepted']): IngestAnswer => {
    const headers = headersOf(accepted);
    return outcome.verdict.rejected.length === 0
      ? { status: 204, contentType: '', headers, body: '' }
      : { status: 400, contentType: PLAIN, headers, body: `${describeRefusals(outcome.verdict)}\n` };
  };
  return {
    taken: (outcome) => answer(outcome, 'accepted' in outcome.verdict ? outcome.verdict.accepted : NONE_WRITTEN),
    allRefused: (outcome) => answer(outcome, NONE_WRITTEN),
    failed: (error: AegisError) => ({
      status: error.status,
      contentType: PLAIN,
      headers: error.status === 400 ? headersOf(NONE_WRITTEN) : {},
      body: `${statusMessage(error)}\n`,
    }),
  };
}

/** Loki's, and remote write 1.0's. */
export const PLAIN_STYLE: AnswerStyle = plainStyle(() => ({}));

/** Remote write 2.0's: says how much was written, by which its senders notice a receiver that does not know 2.0. */
export const REMOTE_WRITE_2_STYLE: AnswerStyle = plainStyle(({ samples, histograms, exemplars }) => ({
  'x-prometheus-remote-write-samples-written': String(samples),
  'x-prometheus-remote-write-histograms-written': String(histograms),
  'x-prometheus-remote-write-exemplars-written': String(exemplars),
}));
