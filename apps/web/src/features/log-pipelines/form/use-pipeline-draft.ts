import type { LogPipelinesAnswer } from '@aegisguard/model';
import { useKeptDraft } from '../../../lib/use-kept-draft.ts';
import type { PipelineFields } from '../fields/pipeline-fields.ts';
import type { WrittenText } from '../text/written-text.ts';

/** Changes that are not saved, and the document that they are changes of. */
export interface PipelineDraft {
  readonly fields: PipelineFields;
  readonly base: LogPipelinesAnswer;
  /** A text that cannot be read yet, so that the fields do not say what it does. */
  readonly unread: WrittenText | undefined;
}

/** The rules as somebody is changing them. */
export function usePipelineDraft(
  orgId: string,
): readonly [PipelineDraft | null, (draft: PipelineDraft | null) => void] {
  return useKeptDraft<PipelineDraft>('log-pipelines', orgId);
}
