import {
  type Asking,
  LOG_PIPELINE_ROUTES,
  type LogPipelines,
  type LogPipelinesAnswer,
  type PipelineImportAnswer,
  type PipelinePreviewAnswer,
} from '@aegisguard/model';
import { callRoute } from '../../lib/call-route.ts';

/** The key under which the saved document is cached. */
export function pipelinesKey(orgId: string): readonly string[] {
  return ['log-pipelines', 'saved', orgId];
}

/** The document as it is saved. */
export function readPipelines(orgId: string, signal?: AbortSignal): Promise<LogPipelinesAnswer> {
  return callRoute(LOG_PIPELINE_ROUTES.readLogPipelines, { orgId, ...(signal === undefined ? {} : { signal }) });
}

/** Replaces the document that was read as the version given; `conflict` when it has been changed since. */
export function replacePipelines(orgId: string, pipelines: LogPipelines, version: number): Promise<LogPipelinesAnswer> {
  return callRoute(LOG_PIPELINE_ROUTES.replaceLogPipelines, { body: { pipelines, version }, orgId });
}

/** What is asked about logs that are tried. */
export type PreviewBody = Asking<typeof LOG_PIPELINE_ROUTES.previewLogPipelines>['body'];

/** What rules make of logs. */
export function previewPipelines(
  orgId: string,
  body: PreviewBody,
  signal: AbortSignal,
): Promise<PipelinePreviewAnswer> {
  return callRoute(LOG_PIPELINE_ROUTES.previewLogPipelines, { body, orgId, signal });
}

/** The rules that a configuration of Promtail would be. */
export function importStages(orgId: string, yaml: string): Promise<PipelineImportAnswer> {
  return callRoute(LOG_PIPELINE_ROUTES.importLogPipelines, { body: { yaml }, orgId });
}
