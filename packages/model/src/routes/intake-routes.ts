import { DeadLetterListRequest, DeadLetterPage, DeadLetterReplayAnswer } from '../api-dead-letters.ts';
import { IngestCountsAnswer, IngestEndpointsAnswer } from '../api-ingest.ts';
import { RangeRequest } from '../api-logs.ts';
import { IdParams } from '../api-page.ts';
import { UsageAnswer, UsageRequest } from '../api-usage.ts';
import { defineRoute } from './route.ts';

const tag = 'What comes in';
const READ = { kind: 'permission', permission: 'usage:read' } as const;
const WRITE = { kind: 'permission', permission: 'organization:write' } as const;

/** What was taken, what was refused, and what could not be processed. */
export const INTAKE_ROUTES = {
  ingestCounts: defineRoute({
    id: 'ingestCounts',
    method: 'GET',
    path: '/ingest/counts',
    tag,
    summary: 'What came in, what was refused and why, per step',
    access: READ,
    effect: 'read',
    query: RangeRequest,
    answer: IngestCountsAnswer,
    status: 200,
    problems: ['rate-limited', 'query-timeout'],
  }),
  ingestEndpoints: defineRoute({
    id: 'ingestEndpoints',
    method: 'GET',
    path: '/ingest/endpoints',
    tag,
    summary: 'Where this installation takes telemetry',
    access: READ,
    effect: 'read',
    answer: IngestEndpointsAnswer,
    status: 200,
  }),
  readUsage: defineRoute({
    id: 'readUsage',
    method: 'GET',
    path: '/usage',
    tag,
    summary: 'What was sent, per day',
    access: READ,
    effect: 'read',
    query: UsageRequest,
    answer: UsageAnswer,
    status: 200,
  }),
  listDeadLetters: defineRoute({
    id: 'listDeadLetters',
    method: 'GET',
    path: '/dead-letters',
    tag,
    summary: 'Batches that could not be processed, with the reason',
    access: WRITE,
    effect: 'read',
    query: DeadLetterListRequest,
    answer: DeadLetterPage,
    status: 200,
    problems: ['invalid-cursor'],
  }),
  replayDeadLetter: defineRoute({
    id: 'replayDeadLetter',
    method: 'POST',
    path: '/dead-letters/:id/replay',
    tag,
    summary: 'Give a batch another try',
    access: WRITE,
    effect: 'dead-letter.replay',
    params: IdParams,
    answer: DeadLetterReplayAnswer,
    status: 202,
    problems: ['not-found'],
  }),
  discardDeadLetter: defineRoute({
    id: 'discardDeadLetter',
    method: 'DELETE',
    path: '/dead-letters/:id',
    tag,
    summary: 'Forget a batch for good',
    access: WRITE,
    effect: 'dead-letter.discard',
    params: IdParams,
    answer: null,
    status: 204,
    problems: ['not-found'],
  }),
} as const;
