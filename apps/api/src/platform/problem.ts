import { AegisError, ERRORS, type ErrorCode, type Problem } from '@aegisguard/model';
import { OutgoingError } from '@aegisguard/outgoing';
import { HttpException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ZodError } from 'zod';
import { isLokiQuery, lokiError, lokiStatus } from './loki-error.ts';
import { PROMETHEUS_PREFIX, prometheusError, prometheusStatus } from './prometheus-error.ts';
import { isTempo, tempoError } from './tempo-error.ts';

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid-request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  429: 'rate-limited',
  503: 'unavailable',
};

/** Whatever was thrown, as one of our errors. Anything unforeseen becomes `internal`, whose message no client reads. */
export function toAegisError(error: unknown): AegisError {
  if (error instanceof AegisError) {
    return error;
  }
  if (error instanceof ZodError) {
    const errors = error.issues.map((issue) => ({ path: pointer(issue.path), message: issue.message }));
    return new AegisError('invalid-request', {
      detail: errors.map(({ path, message }) => `${path || '/'}: ${message}`).join('; '),
      members: { errors },
    });
  }
  // Libraries that call by way of ours put an error of their own around it.
  const failedCall = error instanceof Error && error.cause instanceof OutgoingError ? error.cause : error;
  if (failedCall instanceof OutgoingError) {
    const code = failedCall.code.startsWith('refused-') ? 'invalid-request' : 'unavailable';
    return new AegisError(code, { detail: `${failedCall.message}.`, cause: failedCall });
  }
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  if (status === 400 && isBodySyntaxError(error instanceof HttpException ? error.cause : error)) {
    return new AegisError('invalid-json', { detail: 'The body is not valid JSON.', cause: error });
  }
  const code = status === undefined ? undefined : CODE_OF_STATUS[status];
  return code === undefined
    ? new AegisError('internal', { cause: error, internal: String(error) })
    : new AegisError(code, { cause: error });
}

/** Fastify's own errors carry a statusCode below 500 for what the client did wrong. */
function statusOf(error: unknown): number | undefined {
  if (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode < 500
  ) {
    return CODE_OF_STATUS[error.statusCode] === undefined ? 400 : error.statusCode;
  }
  return undefined;
}

function isBodySyntaxError(error: unknown): boolean {
  return (
    error instanceof SyntaxError ||
    (error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_INVALID_JSON_BODY')
  );
}

/** A JSON Pointer (RFC 6901). */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The problem document of an error (RFC 9457). */
export function problemOf(error: AegisError, requestId: string): Problem {
  const { status, title } = ERRORS[error.code];
  return {
    ...error.members,
    type: `urn:aegisguard:problem:${error.code}`,
    code: error.code,
    title,
    status,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    requestId,
  };
}

/** What a 401 must carry (RFC 9110 §11.6.1): the same for all of them. Not Basic, for which browsers would open a window of their own. */
export const CHALLENGE = 'Bearer realm="aegisguard"';

/** Answers with the problem document, or what the API at this path has instead, and, where the error says when to come back, `Retry-After`. */
export function sendProblem(reply: FastifyReply, error: AegisError): void {
  if (error.retryAfterSeconds !== undefined) {
    void reply.header('retry-after', String(Math.max(1, Math.ceil(error.retryAfterSeconds))));
  }
  if (error.status === 401) {
    void reply.header('www-authenticate', CHALLENGE);
  }
  const { status, type, body } = saidAt(reply.request.url, error, reply.request.id);
  // Serialized here: neither the status nor the type may depend on how the route would have answered.
  void reply.code(status).header('content-type', type).send(body);
}

/** An error as the API at a path says it. */
function saidAt(url: string, error: AegisError, requestId: string): { status: number; type: string; body: string } {
  if (url.startsWith(PROMETHEUS_PREFIX)) {
    const body = JSON.stringify(prometheusError(error));
    return { status: prometheusStatus(error), type: 'application/json; charset=utf-8', body };
  }
  if (isLokiQuery(url)) {
    return { status: lokiStatus(error), type: 'text/plain; charset=utf-8', body: lokiError(error) };
  }
  if (isTempo(url)) {
    return { status: error.status, type: 'text/plain; charset=utf-8', body: tempoError(error) };
  }
  const body = JSON.stringify(problemOf(error, requestId));
  return { status: error.status, type: 'application/problem+json', body };
}
