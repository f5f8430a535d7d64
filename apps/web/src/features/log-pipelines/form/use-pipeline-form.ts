import type { LogPipelines, LogPipelinesAnswer } from '@aegisguard/model';
import { useEffect, useMemo, useState } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import type { ApiError } from '../../../lib/api-error.ts';
import { fieldErrors } from '../../../lib/field-errors.ts';
import { useVersioned, type Versioned } from '../../../lib/use-versioned.ts';
import { type CheckedFields, checkFields, type Problems } from '../fields/check-fields.ts';
import { formPath } from '../fields/document-place.ts';
import { documentText, fieldsOf, type PipelineFields } from '../fields/pipeline-fields.ts';
import { pipelinesKey, readPipelines, replacePipelines } from '../pipelines-api.ts';
import type { WrittenText } from '../text/written-text.ts';
import type { PipelineDraft } from './use-pipeline-draft.ts';

/** The rules being changed. */
export interface PipelineForm
  extends Pick<
    Versioned<LogPipelinesAnswer, Asked>,
    'base' | 'theirs' | 'isSaving' | 'error' | 'takeTheirs' | 'keepMine'
  > {
  readonly form: UseFormReturn<PipelineFields>;
  readonly fields: PipelineFields;
  readonly checked: CheckedFields;
  readonly isDirty: boolean;
  /** What was last written as a text. */
  readonly written: WrittenText | undefined;
  readonly write: (written: WrittenText | undefined) => void;
  /** It cannot be read, so the fields do not say what it does, and it cannot be saved. */
  readonly isUnread: boolean;
  /** It was saved, and nothing was changed since. */
  readonly isSaved: boolean;
  /** Saving was tried with something wrong in it: from then on all of it is said. */
  readonly isTried: boolean;
  /** What the server said of the document as it still is. */
  readonly refused: Problems;
  /** Saves, or says of which places it cannot. */
  readonly save: () => Problems;
  readonly discard: () => void;
  /** Makes the form say something else altogether. */
  readonly replaceAll: (document: LogPipelines) => void;
}

interface Asked {
  readonly document: LogPipelines;
  /** The form as it was, to know whether what is said of it still holds. */
  readonly text: string;
}

const NOTHING: Problems = new Map();

/** Holds the form of the rules: saves it with the version that was read, and knows what the server refuses of it. */
export function usePipelineForm(
  orgId: string,
  answer: LogPipelinesAnswer,
  draft: PipelineDraft | null,
  onDraft: (draft: PipelineDraft | null) => void,
): PipelineForm {
  const [isTried, setTried] = useState(false);
  const form = useForm<PipelineFields>({ defaultValues: draft?.fields ?? fieldsOf(answer.pipelines) });
  const watched = form.watch();
  const text = JSON.stringify(watched);
  // The form's own values are changed in place.
  const fields = useMemo(() => JSON.parse(text) as PipelineFields, [text]);
  const checked = useMemo(() => checkFields(fields), [fields]);
  const versioned = useVersioned({
    answer,
    kept: draft?.base,
    queryKey: pipelinesKey(orgId),
    read: () => readPipelines(orgId),
    replace: ({ document }: Asked, version) => replacePipelines(orgId, document, version),
    isChanged: ({ pipelines }) => documentText(fields) !== documentText(fieldsOf(pipelines)),
    show: ({ pipelines }, asked) => {
      setTried(false);
      const wanted = fieldsOf(pipelines);
      // What was written while it was being saved stays, and what is open stays open where nothing is different.
      const isMeant = asked === undefined || JSON.stringify(form.getValues()) === asked.text;
      if (isMeant && documentText(wanted) !== documentText(form.getValues())) {
        form.reset(wanted);
      }
    },
  });
  const { base, error, asked } = versioned;
  const baseText = useMemo(() => documentText(fieldsOf(base.pipelines)), [base]);
  const isDirty = documentText(fields) !== baseText;
  const [written, write] = useState(draft?.unread);
  const isUnread = written !== undefined && written.problems.length > 0;
  const unread = isUnread ? written : undefined;
  useEffect(() => {
    onDraft(isDirty || unread !== undefined ? { fields, base, unread } : null);
  }, [isDirty, fields, base, unread, onDraft]);

  const isStill = asked?.text === text;
  const refused = useMemo(
    () => (error === undefined || !isStill ? NOTHING : refusedPlaces(fields, error)),
    [error, isStill, fields],
  );
  return {
    form,
    fields,
    checked,
    ...versioned,
    isDirty,
    written,
    write,
    isUnread,
    isSaved: versioned.hasSaved && !isDirty,
    isTried,
    error: isStill ? error : undefined,
    refused,
    save: () => {
      if (checked.document === undefined) {
        setTried(true);
      } else {
        versioned.save({ document: checked.document, text });
      }
      return checked.problems;
    },
    discard: () => {
      versioned.forget();
      setTried(false);
      write(undefined);
      form.reset(fieldsOf(base.pipelines));
    },
    replaceAll: (document) => form.reset(fieldsOf(document)),
  };
}

/** What the server refuses, by place in the form. */
function refusedPlaces(fields: PipelineFields, error: ApiError): Problems {
  return new Map(fieldErrors(error, '/pipelines').map(({ path, message }) => [formPath(fields, path), message]));
}
