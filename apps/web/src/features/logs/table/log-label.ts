import { type LogLabels, type LogView, labelValue, logLabels } from '@aegisguard/model';

// The labels of a log are asked for with every row that is drawn, and never change.
const known = new WeakMap<LogView, LogLabels>();

function labelsOf(log: LogView): LogLabels {
  const labels = known.get(log);
  if (labels !== undefined) {
    return labels;
  }
  const { level, service, host = '', env = '', version = '', traceId = '', spanId = '', severityText = '' } = log;
  const { attributes, resource, details = {}, geo = {}, userAgent = {} } = log;
  const made = logLabels({
    level,
    service,
    host,
    env,
    version,
    traceId,
    spanId,
    severityText,
    attributes,
    resource,
    details,
    geo,
    userAgent,
  });
  known.set(log, made);
  return made;
}

/** True when the query's pipeline has made the label, or changed it. */
export function isParsedLabel(log: LogView, name: string): boolean {
  return log.parsed !== undefined && Object.hasOwn(log.parsed, name);
}

/** The value of a label as a query sees it behind its pipeline; empty where there is none. */
export function logLabel(log: LogView, name: string): string {
  if (isParsedLabel(log, name)) {
    return log.parsed?.[name] ?? '';
  }
  // The usual columns, without a look at all the others.
  switch (name) {
    case 'level':
      return log.level;
    case 'service':
      return log.service;
    case 'host':
      return log.host ?? '';
    default:
      return labelValue(labelsOf(log), name) ?? '';
  }
}

/** Names of the labels that logs have, those that more have first. */
export function labelNamesOf(logs: readonly LogView[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const log of logs) {
    const { stream, metadata } = labelsOf(log);
    for (const name of new Set([...Object.keys(log.parsed ?? {}), ...Object.keys(stream), ...Object.keys(metadata)])) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}
