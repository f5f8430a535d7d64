import {
  formatRfc3339Nanos,
  type RumSession,
  type RumSessionAnswer,
  type RumSessionsAnswer,
  type StoredRumEvent,
} from '@aegisguard/model';
import { objectMember } from '../../platform/object-member.ts';
import { textMember } from '../../platform/text-member.ts';

type EventView = RumSessionAnswer['events'][number];
type SessionView = RumSessionsAnswer['sessions'][number];

/** A session's events, at least one, as its answer shows them. `isCut`: there are more events than these. What belongs to the session is taken from the last event that says it. */
export function sessionView(
  sessionId: string,
  events: readonly StoredRumEvent[],
  isCut: boolean,
): Omit<RumSessionAnswer, 'stats'> {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) {
    throw new RangeError('a session has at least one event');
  }
  return {
    sessionId,
    application: first.application,
    ...textMember('release', lastText(events, 'release')),
    ...textMember('env', lastText(events, 'env')),
    ...textMember('userId', lastText(events, 'userId')),
    startTime: formatRfc3339Nanos(first.timestamp),
    endTime: formatRfc3339Nanos(last.timestamp),
    events: events.map(eventView),
    warnings: warningsOf(events, isCut),
  };
}

function lastText(events: readonly StoredRumEvent[], name: 'release' | 'env' | 'userId'): string {
  return events.findLast((event) => event[name] !== '')?.[name] ?? '';
}

function warningsOf(events: readonly StoredRumEvent[], isCut: boolean): string[] {
  const applications = [...new Set(events.map(({ application }) => application))];
  const warnings: (readonly [boolean, string])[] = [
    [isCut, `The session has more events than these ${events.length}, the earliest ones; the others are left out.`],
    [applications.length > 1, `Events of several applications name this session: ${applications.join(', ')}.`],
  ];
  return warnings.filter(([applies]) => applies).map(([, sentence]) => sentence);
}

function eventView(event: StoredRumEvent): EventView {
  return {
    id: `${event.batchId}-${event.index}`,
    type: event.type,
    timestamp: formatRfc3339Nanos(event.timestamp),
    ...textMember('viewId', event.viewId),
    ...textMember('url', event.url),
    ...textMember('name', event.name),
    ...(Number.isNaN(event.value) ? {} : { value: event.value }),
    ...(Number.isNaN(event.durationMs) ? {} : { durationMs: event.durationMs }),
    ...textMember('stack', event.stack),
    attributes: event.attributes,
    ...objectMember('details', event.details),
    ...objectMember('geo', event.geo),
    ...objectMember('userAgent', event.userAgent),
    ...(event.data === null ? {} : { data: event.data }),
    ...(event.truncated ? { truncated: true } : {}),
  };
}

/** A session of a list. */
export function sessionSummaryView({ userId, startTime, endTime, ...session }: RumSession): SessionView {
  return {
    ...session,
    ...textMember('userId', userId),
    startTime: formatRfc3339Nanos(startTime),
    endTime: formatRfc3339Nanos(endTime),
  };
}
