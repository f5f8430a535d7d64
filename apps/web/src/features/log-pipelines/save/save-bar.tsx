import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { SaveState } from '../../../ui/save-state.tsx';
import { placeWords } from '../fields/document-place.ts';
import type { PipelineForm } from '../form/use-pipeline-form.ts';
import { ConflictNotice } from './conflict-notice.tsx';

function Failure({ pipelines }: { readonly pipelines: PipelineForm }): ReactNode {
  const { error, refused, fields, checked, isTried } = pipelines;
  const places = isTried && checked.problems.size > 0 ? checked.problems : refused;
  if (places.size > 0) {
    const words = [...new Set([...places.keys()].map((path) => placeWords(fields, path)))].filter(
      (each) => each !== '',
    );
    return (
      <Notice kind="error">
        It was not saved: see what is said beside the fields
        {words.length === 0 ? null : ` of ${words.slice(0, 3).join('; ')}${words.length > 3 ? ' and others' : ''}`}.
      </Notice>
    );
  }
  return error === undefined ? null : (
    <Notice kind="error">
      It was not saved: {error.title}. {error.detail}
    </Notice>
  );
}

function State({ pipelines: { isDirty, isUnread, isSaved, base } }: { readonly pipelines: PipelineForm }): ReactNode {
  return isUnread ? (
    <strong className="font-semibold">What is written as a text cannot be read, so it cannot be saved.</strong>
  ) : (
    <SaveState isDirty={isDirty} isSaved={isSaved} updatedAt={base.updatedAt} never="Nothing was ever changed here." />
  );
}

/** Saves the rules, or gives changes up; says what happened to them. */
export function SaveBar({
  pipelines,
  onSave,
}: {
  readonly pipelines: PipelineForm;
  readonly onSave: () => void;
}): ReactNode {
  const { isDirty, isUnread, isSaving, theirs, discard } = pipelines;
  return (
    <div className="flex shrink-0 flex-col gap-2 border-line border-t bg-surface px-4 py-2">
      <ConflictNotice pipelines={pipelines} />
      <Failure pipelines={pipelines} />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <div role="status" className="mr-auto min-w-0 text-xs max-sm:w-full">
          <State pipelines={pipelines} />
          <p className="text-muted max-sm:hidden">
            What is saved holds within seconds, for logs that come from then on. What is stored stays as it is.
          </p>
        </div>
        <Button disabled={!(isDirty || isUnread) || isSaving} onClick={discard}>
          Discard changes
        </Button>
        <Button variant="primary" disabled={!isDirty || isSaving || theirs !== undefined || isUnread} onClick={onSave}>
          {isSaving ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </div>
  );
}
