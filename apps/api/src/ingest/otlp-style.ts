// https://opentelemetry.io/docs/specs/otlp/#otlphttp-response
import { type AegisError, ERRORS } from '@aegisguard/model';
import { encodeOtlpResponse, encodeOtlpStatus, type MessageEncoding, type OtlpSignal } from '@aegisguard/protocols';
import type { AnswerStyle, BatchOutcome } from './answer-style.ts';
import { describeRefusals } from './describe-refusals.ts';
import type { IngestAnswer } from './ingest-request.ts';
import { rpcCodeOf } from './rpc-code.ts';

const CONTENT_TYPES: Readonly<Record<MessageEncoding, string>> = {
  json: 'application/json',
  protobuf: 'application/x-protobuf',
};

/** OTLP's messages in the request's own encoding: refused records are a partial success, even when they are all. */
export function otlpStyle(encoding: MessageEncoding): AnswerStyle {
  const contentType = CONTENT_TYPES[encoding];
  const respond = ({ signal, verdict }: BatchOutcome): IngestAnswer => {
    const refused = verdict.rejected.length;
    const message = refused === 0 ? '' : describeRefusals(verdict);
    const body = encodeOtlpResponse(signal as OtlpSignal, encoding, refused, message);
    return { status: 200, contentType, headers: {}, body };
  };
  return {
    taken: respond,
    allRefused: respond,
    failed: (error) => ({ status: error.status, contentType, headers: {}, body: statusOf(error, encoding) }),
  };
}

/** `google.rpc.Status` of an error. */
export function statusOf(error: AegisError, encoding: MessageEncoding): Uint8Array {
  return encodeOtlpStatus(encoding, rpcCodeOf(error), statusMessage(error), error.retryAfterSeconds);
}

/** What a client without our problem documents is told: the title, then what is wrong. */
export function statusMessage({ code, detail }: AegisError): string {
  const { title } = ERRORS[code];
  return detail === undefined ? title : `${title}: ${detail}`;
}
