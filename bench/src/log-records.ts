import { type LogRecord, unixNanos } from '@aegisguard/model';
import type { Random } from '@aegisguard/testkit';
import { generateLog } from './log-generator.ts';

/** Logs as decoding leaves them, `count` of them with `stepMs` between. */
export function generateRecords(random: Random, startMs: number, count: number, stepMs: number): LogRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const timeMs = Math.floor(startMs + index * stepMs);
    const log = generateLog(random, timeMs);
    return {
      timestamp: unixNanos(BigInt(timeMs) * 1_000_000n),
      level: log.level,
      severityNumber: 0,
      severityText: log.level,
      service: log.service,
      message: log.message,
      host: log.host,
      env: log.env,
      version: '',
      traceId: log.traceId,
      spanId: log.spanId,
      scopeName: '',
      scopeVersion: '',
      attributes: log.attributes,
      resource: {},
      details: {},
      ingestId: '',
      geo: {},
      userAgent: {},
      truncated: false,
      index,
    };
  });
}
