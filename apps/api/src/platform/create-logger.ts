import type { JsonObject } from '@aegisguard/model';
import { createSecretRedactor } from '@aegisguard/pipeline';
import { type DestinationStream, type Logger, pino } from 'pino';
import { serializeError } from './error-serializer.ts';

/**
 * Our own log. Its lines go through the scrubber that organizations' telemetry goes through, whatever was logged and however deep in it a secret is: what a library puts into its errors
 * (headers, connection strings, arguments) is not ours to know beforehand. A line costs some tens of microseconds, and there are few.
 */
export function createLogger(level: string, destination: DestinationStream): Logger {
  const redact = createSecretRedactor();
  const streamWrite = (line: string): string => {
    const entry = JSON.parse(line) as JsonObject;
    try {
      return `${JSON.stringify(redact(entry))}\n`;
    } catch {
      // What cannot be looked through is not written.
      return `${JSON.stringify({ level: entry.level, time: entry.time, msg: 'an entry of the log that could not be looked through for secrets' })}\n`;
    }
  };
  return pino({ level, serializers: { err: serializeError }, hooks: { streamWrite } }, destination);
}
