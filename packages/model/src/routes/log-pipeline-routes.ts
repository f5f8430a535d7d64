import {
  LogPipelinesAnswer,
  LogPipelinesRequest,
  PipelineImportAnswer,
  PipelineImportRequest,
  PipelinePreviewAnswer,
  PipelinePreviewRequest,
} from '../api-log-pipelines.ts';
import { defineRoute } from './route.ts';

const tag = 'Log pipelines';
const READ = { kind: 'permission', permission: 'organization:read' } as const;

/** What is done with logs before they are stored, and how long some are kept. */
export const LOG_PIPELINE_ROUTES = {
  readLogPipelines: defineRoute({
    id: 'readLogPipelines',
    method: 'GET',
    path: '/log-pipelines',
    tag,
    summary: 'The rules in their order, every member written out',
    access: READ,
    effect: 'read',
    answer: LogPipelinesAnswer,
    status: 200,
  }),
  replaceLogPipelines: defineRoute({
    id: 'replaceLogPipelines',
    method: 'PUT',
    path: '/log-pipelines',
    tag,
    summary: 'Replace the rules of the version that was read',
    description:
      'They hold within five seconds for logs that come in, in every process; what is stored stays as it is.',
    access: { kind: 'permission', permission: 'organization:write' },
    effect: 'pipelines.update',
    body: LogPipelinesRequest,
    answer: LogPipelinesAnswer,
    status: 200,
    problems: ['conflict'],
  }),
  previewLogPipelines: defineRoute({
    id: 'previewLogPipelines',
    method: 'POST',
    path: '/log-pipelines/preview',
    tag,
    summary:
      'What rules that need not be saved make of lines or of stored logs, step by step, and what these do to metrics',
    description:
      'Lines are read as incoming ones are, but for personal data, which is looked for behind the rules. Stored logs have been through that, and through the rules of their time. Nothing is kept or logged.',
    access: { kind: 'permission', permission: 'logs:read' },
    effect: 'read',
    body: PipelinePreviewRequest,
    answer: PipelinePreviewAnswer,
    status: 200,
    problems: ['invalid-query', 'rate-limited', 'query-timeout', 'query-too-large'],
  }),
  importLogPipelines: defineRoute({
    id: 'importLogPipelines',
    method: 'POST',
    path: '/log-pipelines/import',
    tag,
    summary: 'What a configuration of Promtail would be as rules, and what of it cannot be carried; saves nothing',
    access: READ,
    effect: 'read',
    body: PipelineImportRequest,
    answer: PipelineImportAnswer,
    status: 200,
  }),
} as const;
