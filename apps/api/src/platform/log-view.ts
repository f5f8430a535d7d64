import { formatRfc3339Nanos, type LogView, type StoredLog } from '@aegisguard/model';
import { logIdOf } from './log-id.ts';
import { objectMember } from './object-member.ts';
import { textMember } from './text-member.ts';

/** A stored log as answers show it: members without a value are left out. */
export function logView(log: StoredLog): LogView {
  const { timestamp } = log.position;
  return {
    id: logIdOf(log.position),
    timestamp: formatRfc3339Nanos(timestamp),
    level: log.level,
    ...(log.severityNumber === 0 ? {} : { severityNumber: log.severityNumber }),
    ...textMember('severityText', log.severityText),
    service: log.service,
    message: log.message,
    ...textMember('host', log.host),
    ...textMember('env', log.env),
    ...textMember('version', log.version),
    ...textMember('traceId', log.traceId),
    ...textMember('spanId', log.spanId),
    ...(log.scopeName === '' && log.scopeVersion === ''
      ? {}
      : { scope: { name: log.scopeName, ...textMember('version', log.scopeVersion) } }),
    attributes: log.attributes,
    resource: log.resource,
    ...objectMember('details', log.details),
    ...objectMember('geo', log.geo),
    ...objectMember('userAgent', log.userAgent),
    ...textMember('ingestId', log.ingestId),
    ...(log.truncated ? { truncated: true } : {}),
  };
}
