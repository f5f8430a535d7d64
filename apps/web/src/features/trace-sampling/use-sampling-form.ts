import { SAMPLING_ROUTES, type TraceSampling, type TraceSamplingAnswer } from '@aegisguard/model';
import { useMemo, useState } from 'react';
import { callRoute } from '../../lib/call-route.ts';
import { useVersioned, type Versioned } from '../../lib/use-versioned.ts';
import { fieldsOf, isSameForm, readFields, type SamplingFields } from './sampling-fields.ts';

/** The key under which the saved rules are cached. */
export function samplingKey(orgId: string): readonly string[] {
  return ['trace-sampling', orgId];
}

/** The saved rules. */
export function readSampling(orgId: string, signal?: AbortSignal): Promise<TraceSamplingAnswer> {
  return callRoute(SAMPLING_ROUTES.readTraceSampling, { orgId, ...(signal === undefined ? {} : { signal }) });
}

/** The rules being changed. */
export interface SamplingForm
  extends Pick<
    Versioned<TraceSamplingAnswer, TraceSampling>,
    'base' | 'theirs' | 'isSaving' | 'error' | 'takeTheirs' | 'keepMine'
  > {
  readonly fields: SamplingFields;
  readonly change: (part: Partial<SamplingFields>) => void;
  /** What the fields say; undefined while something is wrong in them. */
  readonly sampling: TraceSampling | undefined;
  readonly problems: ReadonlyMap<string, string>;
  readonly isDirty: boolean;
  /** It was saved, and nothing was changed since. */
  readonly isSaved: boolean;
  readonly save: (sampling: TraceSampling) => void;
  readonly discard: () => void;
}

/** Holds the form of the rules and saves it with the version that was read. */
export function useSamplingForm(orgId: string, answer: TraceSamplingAnswer): SamplingForm {
  const [fields, setFields] = useState(() => fieldsOf(answer.sampling));
  const versioned = useVersioned({
    answer,
    queryKey: samplingKey(orgId),
    read: () => readSampling(orgId),
    replace: (sampling: TraceSampling, version) =>
      callRoute(SAMPLING_ROUTES.replaceTraceSampling, { body: { sampling, version }, orgId }),
    isChanged: ({ sampling }) => !isSameForm(fields, fieldsOf(sampling)),
    show: ({ sampling }) => setFields(fieldsOf(sampling)),
  });
  const { base } = versioned;
  const baseFields = useMemo(() => fieldsOf(base.sampling), [base]);
  const isDirty = !isSameForm(fields, baseFields);
  const { sampling, problems } = useMemo(() => readFields(fields), [fields]);
  return {
    ...versioned,
    fields,
    change: (part) => setFields((before) => ({ ...before, ...part })),
    sampling,
    problems,
    isDirty,
    isSaved: versioned.hasSaved && !isDirty,
    discard: () => {
      versioned.forget();
      setFields(baseFields);
    },
  };
}
