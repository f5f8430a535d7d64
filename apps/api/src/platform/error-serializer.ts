import { pino, type SerializedError } from 'pino';
import { withoutQuotes } from './without-quotes.ts';

/** How errors stand in the log: as pino writes them, but without the values that their messages quote. */
export function serializeError(error: Error): SerializedError {
  const serialized = pino.stdSerializers.err(error);
  if (typeof serialized?.message === 'string') {
    serialized.message = withoutQuotes(serialized.message);
    serialized.stack = withoutQuotes(String(serialized.stack));
  }
  return serialized;
}
