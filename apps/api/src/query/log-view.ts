import { formatRfc3339Nanos, type LogView, type StoredLog } from '@aegisguard/model';

/** A stored log as answers show it: members without a value are left out. */
export function logView(log: StoredLog): LogView {
  const { batchId, index, timestamp } = log.position;
  return {
    id: `${batchId}-${index}`,
    timestamp: formatRfc3339Nanos(timestamp),
    level: log.level,
    ...(log.severityNumber === 0 ? {} : { severityNumber: log.severityNumber }),
    ...text('severityText', log.severityText),
    service: log.service,
    message: log.message,
    ...text('host', log.host),
    ...text('env', log.env),
    ...text('version', log.version),
    ...text('traceId', log.traceId),
    ...text('spanId', log.spanId),
    ...(log.scopeName === '' && log.scopeVersion === ''
      ? {}
      : { scope: { name: log.scopeName, ...text('version', log.scopeVersion) } }),
    attributes: log.attributes,
    resource: log.resource,
    ...(Object.keys(log.details).length === 0 ? {} : { details: log.details }),
    ...text('ingestId', log.ingestId),
    ...(log.truncated ? { truncated: true } : {}),
  };
}

function text<Name extends string>(name: Name, value: string): { [K in Name]?: string } {
  return value === '' ? {} : ({ [name]: value } as { [K in Name]?: string });
}
