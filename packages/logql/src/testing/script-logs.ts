import { LOG_LEVELS, type LogLevel, PUSHED_METADATA, type StoredLog, unixNanos } from '@aegisguard/model';
import type { ScriptLog } from './script-command.ts';

/** 2026-01-01T00:00:00Z, from which the times of scripts count. */
export const SCRIPT_EPOCH = 1_767_225_600_000_000_000n;

/**
 * The logs of a script as a Loki push stores them: labels are the resource, structured metadata attributes. What the normalizer would derive is not there, since scripts
 * are about the language: a level that only the line or `detected_level` says is none.
 */
export function storedLogs(logs: readonly ScriptLog[]): StoredLog[] {
  return logs.map((log, index) => storedLog(log, index));
}

function storedLog({ stream, metadata, line, time }: ScriptLog, index: number): StoredLog {
  const severityText = stream.level ?? stream.detected_level ?? metadata.level ?? '';
  const isLevel = (LOG_LEVELS as readonly string[]).includes(severityText);
  return {
    position: { timestamp: unixNanos(SCRIPT_EPOCH + time), batchId: '019ab000-0000-7000-8000-000000000000', index },
    level: (isLevel ? severityText : '') as LogLevel,
    severityNumber: 0,
    severityText,
    service: stream.service_name ?? '',
    message: line,
    host: stream.host ?? '',
    env: stream.env ?? '',
    version: stream.version ?? '',
    traceId: '',
    spanId: '',
    scopeName: '',
    scopeVersion: '',
    attributes: metadata,
    resource: stream,
    details: { [PUSHED_METADATA]: Object.keys(metadata).length },
    ingestId: '',
    geo: {},
    userAgent: {},
    truncated: false,
  };
}
