import {
  SecurityEventsAnswer,
  SecurityEventsRequest,
  SecurityEventTrendAnswer,
  SecurityEventTrendRequest,
} from '../api-events.ts';
import { defineRoute } from './route.ts';

const tag = 'Security events';
const READ = { kind: 'permission', permission: 'events:read' } as const;

/** What the organization's own systems and the platform noticed. */
export const EVENT_ROUTES = {
  listEvents: defineRoute({
    id: 'listEvents',
    method: 'GET',
    path: '/events',
    tag,
    summary: 'Events, newest first',
    access: READ,
    effect: 'read',
    query: SecurityEventsRequest,
    answer: SecurityEventsAnswer,
    status: 200,
    problems: ['invalid-cursor'],
  }),
  eventTrend: defineRoute({
    id: 'eventTrend',
    method: 'GET',
    path: '/events/trend',
    tag,
    summary: 'How many, by severity and time, with the most frequent types and actors',
    access: READ,
    effect: 'read',
    query: SecurityEventTrendRequest,
    answer: SecurityEventTrendAnswer,
    status: 200,
  }),
} as const;
