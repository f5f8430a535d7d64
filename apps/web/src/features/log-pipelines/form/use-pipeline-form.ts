import type { LogPipelines, LogPipelinesAnswer } from '@aegisguard/model';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { type ApiError, asApiError } from '../../../lib/api-error.ts';
import { fieldErrors } from '../../../lib/field-errors.ts';
import { useOnChange } from '../../../lib/use-on-change.ts';
import { type CheckedFields, checkFields, type Problems } from '../fields/check-fields.ts';
import { formPath } from '../fields/document-place.ts';
import { documentText, fieldsOf, type PipelineFields } from '../fields/pipeline-fields.ts';
import { pipelinesKey, readPipelines, replacePipelines } from '../pipelines-api.ts';
import type { WrittenText } from '../text/written-text.ts';
import type { PipelineDraft } from './use-pipeline-draft.ts';

/** The rules being changed. */
export interface PipelineForm {
  readonly form: UseFormReturn<PipelineFields>;
  readonly fields: PipelineFields;
  readonly checked: CheckedFields;
  /** The saved document that the form is a change of. */
  readonly base: LogPipelinesAnswer;
  readonly isDirty: boolean;
  /** What was last written as a text. */
  readonly written: WrittenText | undefined;
  readonly write: (written: WrittenText | undefined) => void;
  /** It cannot be read, so the fields do not say what it does, and it cannot be saved. */
  readonly isUnread: boolean;
  readonly isSaving: boolean;
  /** It was saved, and nothing was changed since. */
  readonly isSaved: boolean;
  /** Saving was tried with something wrong in it: from then on all of it is said. */
  readonly isTried: boolean;
  readonly error: ApiError | undefined;
  /** What the server said of the document as it still is. */
  readonly refused: Problems;
  /** What somebody else has saved meanwhile. */
  readonly theirs: LogPipelinesAnswer | undefined;
  /** Saves, or says of which places it cannot. */
  readonly save: () => Problems;
  readonly discard: () => void;
  /** Makes the form say something else altogether. */
  readonly replaceAll: (document: LogPipelines) => void;
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
}

type Saving = { readonly saved: LogPipelinesAnswer } | { readonly theirs: LogPipelinesAnswer };

interface Asked {
  readonly document: LogPipelines;
  /** The form as it was, to know whether what is said of it still holds. */
  readonly text: string;
}

async function saveOrCompare(orgId: string, document: LogPipelines, version: number): Promise<Saving> {
  try {
    return { saved: await replacePipelines(orgId, document, version) };
  } catch (error) {
    if (asApiError(error).code === 'conflict') {
      return { theirs: await readPipelines(orgId) };
    }
    throw error;
  }
}

const NOTHING: Problems = new Map();

/** Holds the form of the rules: saves it with the version that was read, and knows what the server refuses of it. */
export function usePipelineForm(
  orgId: string,
  answer: LogPipelinesAnswer,
  draft: PipelineDraft | null,
  onDraft: (draft: PipelineDraft | null) => void,
): PipelineForm {
  const client = useQueryClient();
  const [base, setBase] = useState(draft?.base ?? answer);
  const [theirs, setTheirs] = useState<LogPipelinesAnswer>();
  const [isTried, setTried] = useState(false);
  const form = useForm<PipelineFields>({ defaultValues: draft?.fields ?? fieldsOf(answer.pipelines) });
  const watched = form.watch();
  const text = JSON.stringify(watched);
  // The form's own values are changed in place.
  const fields = useMemo(() => JSON.parse(text) as PipelineFields, [text]);
  const checked = useMemo(() => checkFields(fields), [fields]);
  const baseText = useMemo(() => documentText(fieldsOf(base.pipelines)), [base]);
  const isDirty = documentText(fields) !== baseText;
  const [written, write] = useState(draft?.unread);
  const isUnread = written !== undefined && written.problems.length > 0;
  const unread = isUnread ? written : undefined;
  useEffect(() => {
    onDraft(isDirty || unread !== undefined ? { fields, base, unread } : null);
  }, [isDirty, fields, base, unread, onDraft]);

  /** What the form says is a change of this from now on. */
  const rebase = (saved: LogPipelinesAnswer): void => {
    setBase(saved);
    setTheirs(undefined);
    setTried(false);
    client.setQueryData(pipelinesKey(orgId), saved);
  };
  const become = (saved: LogPipelinesAnswer): void => {
    const wanted = fieldsOf(saved.pipelines);
    rebase(saved);
    // What is open stays open where nothing is different.
    if (documentText(wanted) !== documentText(form.getValues())) {
      form.reset(wanted);
    }
  };
  // A newer one was read, and nothing of it is being changed here.
  useOnChange(answer.version, () => {
    if (!isDirty && answer.version > base.version) {
      become(answer);
    }
  });
  const saving = useMutation({
    mutationFn: ({ document }: Asked) => saveOrCompare(orgId, document, base.version),
    onSuccess: (outcome, asked) => {
      if ('theirs' in outcome) {
        setTheirs(outcome.theirs);
      } else if (JSON.stringify(form.getValues()) === asked.text) {
        become(outcome.saved);
      } else {
        // What was written while it was being saved.
        rebase(outcome.saved);
      }
    },
  });
  const error = saving.error === null ? undefined : asApiError(saving.error);
  const isStill = saving.variables?.text === text;
  const refused = useMemo(
    () => (error === undefined || !isStill ? NOTHING : refusedPlaces(fields, error)),
    [error, isStill, fields],
  );
  return {
    form,
    fields,
    checked,
    base,
    isDirty,
    written,
    write,
    isUnread,
    isSaving: saving.isPending,
    isSaved: saving.isSuccess && !isDirty && theirs === undefined,
    isTried,
    error: isStill ? error : undefined,
    refused,
    theirs,
    save: () => {
      if (checked.document === undefined) {
        setTried(true);
      } else {
        saving.mutate({ document: checked.document, text });
      }
      return checked.problems;
    },
    discard: () => {
      saving.reset();
      setTried(false);
      write(undefined);
      form.reset(fieldsOf(base.pipelines));
    },
    replaceAll: (document) => form.reset(fieldsOf(document)),
    takeTheirs: () => {
      saving.reset();
      if (theirs !== undefined) {
        become(theirs);
      }
    },
    keepMine: () => {
      saving.reset();
      setBase(theirs ?? base);
      setTheirs(undefined);
    },
  };
}

/** What the server refuses, by place in the form. */
function refusedPlaces(fields: PipelineFields, error: ApiError): Problems {
  return new Map(fieldErrors(error, '/pipelines').map(({ path, message }) => [formPath(fields, path), message]));
}
