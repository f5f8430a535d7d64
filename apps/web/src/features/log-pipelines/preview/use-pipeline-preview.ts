import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type ApiError, asApiError } from '../../../lib/api-error.ts';
import { fieldErrors } from '../../../lib/field-errors.ts';
import { useRested } from '../../../lib/use-rested.ts';
import type { Problems } from '../fields/check-fields.ts';
import type { PipelineFields } from '../fields/pipeline-fields.ts';
import { triableDocument, triedFormPath } from '../fields/triable-document.ts';
import { type PreviewBody, previewPipelines } from '../pipelines-api.ts';
import { type TracedLog, tracedLog } from './traced-log.ts';

/** How long the writing must rest before it is asked what becomes of logs. */
const REST_MS = 400;

/** What rules that are being written make of logs. */
export interface PipelinePreview {
  /** Undefined before the first answer; the last ones while a new question is asked, or has no answer. */
  readonly logs: readonly TracedLog[] | undefined;
  /** They are of the question as it is now. */
  readonly isCurrent: boolean;
  readonly isAsking: boolean;
  readonly error: ApiError | undefined;
  /** What the server says of the rules as they are, by place in the form. */
  readonly refused: Problems;
  readonly ask: () => void;
}

interface Asked {
  readonly fields: PipelineFields;
  readonly logs: Pick<PreviewBody, 'lines' | 'query' | 'start' | 'limit'>;
}

const NOTHING: Problems = new Map();

/** Asks when the writing rests; what comes is kept no longer than it is shown, and nothing is saved. */
export function usePipelinePreview(
  orgId: string,
  fields: PipelineFields,
  logs: Asked['logs'] | undefined,
): PipelinePreview {
  const wanted = JSON.stringify(logs === undefined ? null : { fields, logs });
  const text = useRested(wanted, REST_MS);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    queryKey: ['log-pipelines', 'preview', orgId, text],
    queryFn: async ({ signal }) => {
      const asked = JSON.parse(text) as Asked;
      const tried = triableDocument(asked.fields);
      const answer = await previewPipelines(orgId, { pipelines: tried.document, ...asked.logs }, signal);
      return answer.logs.map((trace, index) => tracedLog(index + 1, trace, asked.fields, tried));
    },
    enabled: text !== 'null',
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  const [last, setLast] = useState(data);
  if (data !== undefined && data !== last) {
    setLast(data);
  }
  const problem = error === null ? undefined : asApiError(error);
  const isStill = text === wanted;
  const refused = useMemo(() => {
    if (problem === undefined || !isStill) {
      return NOTHING;
    }
    const tried = triableDocument(fields);
    return new Map(
      fieldErrors(problem, '/pipelines').map(({ path, message }) => [triedFormPath(fields, tried, path), message]),
    );
  }, [problem, isStill, fields]);
  return {
    logs: text === 'null' ? undefined : (data ?? last),
    isCurrent: isStill && data !== undefined && !isPlaceholderData,
    isAsking: isFetching,
    error: problem,
    refused,
    ask: () => void refetch(),
  };
}
