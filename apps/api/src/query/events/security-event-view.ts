import {
  EVENT_SEVERITIES,
  formatRfc3339Nanos,
  PLATFORM_EVENTS,
  type SecurityEventFilter,
  type SecurityEventsRequest,
  type SecurityEventTrend,
  type SecurityEventTrendAnswer,
  type SecurityEventView,
  type StoredSecurityEvent,
} from '@aegisguard/model';
import { objectMember } from '../../platform/object-member.ts';
import { textMember } from '../../platform/text-member.ts';

const TITLES: ReadonlyMap<string, string> = new Map(
  Object.entries(PLATFORM_EVENTS).map(([type, { title }]) => [type, title]),
);

/** The filters of a request, as the reader takes them. */
export function filterOf(
  request: Pick<SecurityEventsRequest, 'type' | 'severity' | 'actor' | 'ip' | 'source' | 'text'>,
): SecurityEventFilter {
  const { actor, ip, severity, source, text, type } = request;
  return {
    ...(type === undefined ? {} : { types: type }),
    ...(severity === undefined ? {} : { severities: severity }),
    ...(actor === undefined ? {} : { actor }),
    ...(ip === undefined ? {} : { ip }),
    ...(source === undefined ? {} : { source }),
    ...(text === undefined ? {} : { text }),
  };
}

/** An event as its answer shows it. */
export function securityEventView(event: StoredSecurityEvent): SecurityEventView {
  return {
    id: `${event.batchId}-${event.index}`,
    timestamp: formatRfc3339Nanos(event.timestamp),
    type: event.type,
    severity: event.severity,
    source: event.source,
    ...textMember('title', event.source === 'platform' ? (TITLES.get(event.type) ?? '') : ''),
    ...textMember('actor', event.actor),
    ...textMember('ip', event.ip),
    ...textMember('country', event.country),
    ...textMember('target', event.target),
    ...textMember('message', event.message),
    attributes: event.attributes,
    ...objectMember('details', event.details),
    occurrences: event.occurrences,
    ...(event.truncated ? { truncated: true } : {}),
  };
}

/** Counts by severity over all steps of a grid; severities without any are left out. */
export function severityCounts(
  counts: SecurityEventTrend['steps'],
  steps: number,
): Pick<SecurityEventTrendAnswer, 'severities' | 'total'> {
  const severities = EVENT_SEVERITIES.flatMap((severity) => {
    const own = counts.filter((count) => count.severity === severity);
    if (own.length === 0) {
      return [];
    }
    const row = new Array<number>(steps).fill(0);
    for (const { step, count } of own) {
      row[step] = count;
    }
    return [{ severity, counts: row }];
  });
  return { severities, total: counts.reduce((sum, { count }) => sum + count, 0) };
}
