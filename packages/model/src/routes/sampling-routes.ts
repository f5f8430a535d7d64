import {
  SamplingPreviewAnswer,
  SamplingPreviewRequest,
  TraceSamplingAnswer,
  TraceSamplingRequest,
} from '../api-trace-sampling.ts';
import { defineRoute } from './route.ts';

const tag = 'Trace sampling';

/** Which traces are kept once they are old enough to be judged. */
export const SAMPLING_ROUTES = {
  readTraceSampling: defineRoute({
    id: 'readTraceSampling',
    method: 'GET',
    path: '/trace-sampling',
    tag,
    summary: 'The rules in their order, every member written out',
    access: { kind: 'permission', permission: 'organization:read' },
    effect: 'read',
    answer: TraceSamplingAnswer,
    status: 200,
  }),
  replaceTraceSampling: defineRoute({
    id: 'replaceTraceSampling',
    method: 'PUT',
    path: '/trace-sampling',
    tag,
    summary: 'Replace the rules of the version that was read',
    description:
      'They hold for days that were not sampled yet. Every span is stored and counted as it comes; the traces of a day are sampled when the day has been over for `wholeForHours`.',
    access: { kind: 'permission', permission: 'organization:write' },
    effect: 'sampling.update',
    body: TraceSamplingRequest,
    answer: TraceSamplingAnswer,
    status: 200,
    problems: ['conflict'],
  }),
  previewTraceSampling: defineRoute({
    id: 'previewTraceSampling',
    method: 'POST',
    path: '/trace-sampling/preview',
    tag,
    summary: 'What rules that need not be saved would do with the traces that began on a day; changes nothing',
    access: { kind: 'permission', permission: 'organization:read' },
    effect: 'read',
    body: SamplingPreviewRequest,
    answer: SamplingPreviewAnswer,
    status: 200,
    problems: ['rate-limited', 'query-too-large', 'query-timeout'],
  }),
} as const;
