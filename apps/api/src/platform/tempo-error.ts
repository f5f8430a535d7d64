// https://grafana.com/docs/tempo/latest/api_docs/
import { type AegisError, ERRORS } from '@aegisguard/model';

const PREFIX = '/tempo/';

/** Whether errors at an address are Tempo's. */
export function isTempo(url: string): boolean {
  return url.startsWith(PREFIX);
}

/** An error as Tempo says it: in plain words, with our status. */
export function tempoError(error: AegisError): string {
  return error.detail ?? ERRORS[error.code].title;
}
