import { SAMPLING_ROUTES, type TraceSampling, type TraceSamplingAnswer } from '@aegisguard/model';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type ApiError, asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { useOnChange } from '../../lib/use-on-change.ts';
import { fieldsOf, isSameForm, readFields, type SamplingFields } from './sampling-fields.ts';

/** The key under which the saved rules are cached. */
export function samplingKey(orgId: string): readonly string[] {
  return ['trace-sampling', orgId];
}

/** The rules being changed. */
export interface SamplingForm {
  readonly fields: SamplingFields;
  readonly change: (part: Partial<SamplingFields>) => void;
  readonly sampling: TraceSampling | undefined;
  readonly problems: ReadonlyMap<string, string>;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  /** It was saved, and nothing was changed since. */
  readonly isSaved: boolean;
  readonly updatedAt: string | null;
  readonly error: ApiError | undefined;
  /** Somebody else has saved other rules meanwhile. */
  readonly isOvertaken: boolean;
  readonly save: () => void;
  readonly discard: () => void;
}

/** Holds the form of the rules and saves it with the version that was read. */
export function useSamplingForm(orgId: string, answer: TraceSamplingAnswer): SamplingForm {
  const client = useQueryClient();
  const [base, setBase] = useState(answer);
  const [fields, setFields] = useState(() => fieldsOf(answer.sampling));
  const baseFields = useMemo(() => fieldsOf(base.sampling), [base]);
  const isDirty = !isSameForm(fields, baseFields);
  const { sampling, problems } = useMemo(() => readFields(fields), [fields]);
  const become = (saved: TraceSamplingAnswer): void => {
    setBase(saved);
    setFields(fieldsOf(saved.sampling));
  };
  // A newer one was read, and nothing of it is being changed here.
  useOnChange(answer.version, () => {
    if (!isDirty && answer.version > base.version) {
      become(answer);
    }
  });
  const saving = useMutation({
    mutationFn: (wanted: TraceSampling) =>
      callRoute(SAMPLING_ROUTES.replaceTraceSampling, { body: { sampling: wanted, version: base.version }, orgId }),
    onSuccess: (saved) => {
      become(saved);
      client.setQueryData(samplingKey(orgId), saved);
    },
  });
  const error = saving.error === null ? undefined : asApiError(saving.error);
  const isOvertaken = error?.code === 'conflict';
  return {
    fields,
    change: (part) => setFields((before) => ({ ...before, ...part })),
    sampling,
    problems,
    isDirty,
    isSaving: saving.isPending,
    isSaved: saving.isSuccess && !isDirty,
    updatedAt: base.updatedAt,
    error: isOvertaken ? undefined : error,
    isOvertaken,
    save: () => {
      if (sampling !== undefined) {
        saving.mutate(sampling);
      }
    },
    discard: () => {
      saving.reset();
      // Of two who change it at once the later one looks at what the other has saved.
      become(answer.version > base.version ? answer : base);
      if (isOvertaken) {
        void client.invalidateQueries({ queryKey: samplingKey(orgId) });
      }
    },
  };
}
