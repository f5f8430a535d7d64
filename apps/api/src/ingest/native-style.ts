import { AegisError } from '@aegisguard/model';
import type { BatchVerdict } from '@aegisguard/protocols';
import { problemOf } from '../platform/problem.ts';
import type { AnswerStyle, BatchOutcome } from './answer-style.ts';
import type { IngestAnswer } from './ingest-request.ts';

/** How many refused records an answer describes (contract §3). */
const ERRORS_SHOWN_MAX = 20;

/** JSON of our own, problems as RFC 9457 has them. */
export const NATIVE_STYLE: AnswerStyle = {
  taken({ batchId, verdict }: BatchOutcome): IngestAnswer {
    const rejected = verdict.rejected.length;
    const receipt = { accepted: verdict.total - rejected, rejected, ingestId: batchId };
    const body = JSON.stringify(rejected === 0 ? receipt : { ...receipt, errors: shownErrors(verdict) });
    return { status: 202, contentType: 'application/json; charset=utf-8', headers: {}, body };
  },
  allRefused({ verdict }: BatchOutcome): never {
    throw new AegisError('invalid-body', {
      detail: 'None of the records could be accepted.',
      members: { accepted: 0, rejected: verdict.rejected.length, errors: shownErrors(verdict) },
    });
  },
  failed(error: AegisError, requestId: string): IngestAnswer {
    const body = JSON.stringify(problemOf(error, requestId));
    return { status: error.status, contentType: 'application/problem+json', headers: {}, body };
  },
};

function shownErrors(verdict: BatchVerdict) {
  return verdict.rejected.slice(0, ERRORS_SHOWN_MAX).map(({ index, path, message }) => ({ index, path, message }));
}
