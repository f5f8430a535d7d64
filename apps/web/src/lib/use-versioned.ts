import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiError, asApiError } from './api-error.ts';
import { useOnChange } from './use-on-change.ts';

/** A document of which the server knows whether a change was made of its latest version. */
interface Version {
  readonly version: number;
}

/** How a document is read, saved and shown. */
export interface VersionedSource<Answer extends Version, Wanted> {
  /** As it was read last. */
  readonly answer: Answer;
  /** What a form that was left unsaved is a change of. */
  readonly kept?: Answer | undefined;
  readonly queryKey: QueryKey;
  readonly read: () => Promise<Answer>;
  readonly replace: (wanted: Wanted, version: number) => Promise<Answer>;
  /** Whether the form says something else than the document. */
  readonly isChanged: (base: Answer) => boolean;
  /** Makes the form say what the document says; `wanted` is what was saved. */
  readonly show: (document: Answer, wanted?: Wanted) => void;
  readonly onRefused?: (error: ApiError) => void;
}

/** A document that is being changed. */
export interface Versioned<Answer extends Version, Wanted> {
  /** The saved document that the form is a change of. */
  readonly base: Answer;
  /** What somebody else has saved meanwhile. */
  readonly theirs: Answer | undefined;
  readonly isSaving: boolean;
  /** The last saving did it. */
  readonly hasSaved: boolean;
  readonly error: ApiError | undefined;
  /** What was asked for last. */
  readonly asked: Wanted | undefined;
  readonly save: (wanted: Wanted) => void;
  /** What came of saving is over. */
  readonly forget: () => void;
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
}

/** Saves a document with the version that was read of it, so that nobody undoes unseen what somebody else has saved meanwhile; follows it while nothing of it is being changed here. */
export function useVersioned<Answer extends Version, Wanted>({
  answer,
  kept,
  queryKey,
  read,
  replace,
  isChanged,
  show,
  onRefused,
}: VersionedSource<Answer, Wanted>): Versioned<Answer, Wanted> {
  const client = useQueryClient();
  const [base, setBase] = useState(kept ?? answer);
  const [theirs, setTheirs] = useState<Answer>();
  const become = (document: Answer, wanted?: Wanted): void => {
    setBase(document);
    setTheirs(undefined);
    client.setQueryData(queryKey, document);
    show(document, wanted);
  };
  useOnChange(answer.version, () => {
    if (answer.version > base.version && !isChanged(base)) {
      become(answer);
    }
  });
  const saving = useMutation({
    mutationFn: async (wanted: Wanted) => {
      try {
        return { saved: await replace(wanted, base.version) };
      } catch (error) {
        if (asApiError(error).code === 'conflict') {
          return { theirs: await read() };
        }
        throw error;
      }
    },
    onSuccess: (outcome, wanted) => ('theirs' in outcome ? setTheirs(outcome.theirs) : become(outcome.saved, wanted)),
    onError: (error) => onRefused?.(asApiError(error)),
  });
  return {
    base,
    theirs,
    isSaving: saving.isPending,
    hasSaved: saving.isSuccess && theirs === undefined,
    error: saving.error === null ? undefined : asApiError(saving.error),
    asked: saving.variables,
    save: (wanted) => saving.mutate(wanted),
    forget: saving.reset,
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
