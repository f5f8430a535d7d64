import { answered } from '../process/calls.ts';
import { nameService } from '../process/telemetry.ts';

/** Patience with a service that does not answer, in ms. */
const TIMEOUT_MS = 8000;

/** Another service answered with an error. */
export class ServiceError extends Error {
  /** What to answer the caller. */
  readonly statusCode: number;

  constructor(service: string, path: string, status: number, why: string) {
    super(`${service} answered ${status} to ${path}: ${why}`);
    this.name = 'ServiceError';
    this.statusCode = status >= 500 ? 502 : status;
  }
}

/** Asks a service for JSON; throws a `ServiceError` unless it answered with a success. */
export function callService<Answer>(
  urls: Readonly<Record<string, string>>,
  service: string,
  path: string,
  body?: object,
): Promise<Answer> {
  return answered(ask(urls, service, path, body));
}

async function ask<Answer>(
  urls: Readonly<Record<string, string>>,
  service: string,
  path: string,
  body: object | undefined,
): Promise<Answer> {
  const url = urls[service] ?? '';
  nameService(url, service);
  const answer = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw new ServiceError(service, path, answer.status, messageIn(said));
  return said as Answer;
}

function messageIn(said: unknown): string {
  return typeof said === 'object' && said !== null && 'message' in said ? String(said.message) : 'no reason given';
}
