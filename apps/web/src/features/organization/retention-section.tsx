import { type OrganizationView, RetentionSettings } from '@aegisguard/model';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { SaveFooter } from '../../ui/save-footer.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { retentionQuery, useUpdateOrganization } from './organization-api.ts';
import {
  changedDays,
  daysWords,
  effectWords,
  type KeptSignal,
  keptWords,
  RECORDS,
  RETENTION_SIGNALS,
  shortened,
} from './retention-words.ts';

/** What the database says that it holds. */
function Kept({ kept }: { readonly kept: KeptSignal }): ReactNode {
  if (kept.rows === 0) {
    return <p className="text-subtle">Nothing is stored.</p>;
  }
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-xs leading-5">
      <dt className="text-subtle">Really kept</dt>
      <dd className="tabular-nums">{keptWords(kept.stored)}</dd>
      {kept.oldest === null ? null : (
        <>
          <dt className="text-subtle">Oldest</dt>
          <dd>
            <RelativeTime time={kept.oldest} />
          </dd>
        </>
      )}
      {kept.lastExpiry === null ? null : (
        <>
          <dt className="text-subtle">Last one gone</dt>
          <dd>
            <RelativeTime time={kept.lastExpiry} />
          </dd>
        </>
      )}
    </dl>
  );
}

/** Asks before stored records are deleted. */
function ShortenDialog({
  before,
  after,
  signals,
  save,
  onClose,
}: {
  readonly before: RetentionSettings;
  readonly after: RetentionSettings;
  readonly signals: readonly KeptSignal[];
  readonly save: (days: RetentionSettings) => Promise<void>;
  readonly onClose: () => void;
}): ReactNode {
  const saving = useMutation({ mutationFn: () => save(after), onSuccess: onClose });
  const nowMs = serverNow();
  return (
    <ConfirmDialog
      title="Keep records for fewer days?"
      action={{ label: 'Delete and keep shorter', pendingLabel: 'Saving…' }}
      isPending={saving.isPending}
      error={saving.error === null ? undefined : asApiError(saving.error)}
      onConfirm={() => saving.mutate()}
      onClose={onClose}
    >
      <ul className="mt-1 flex flex-col gap-2">
        {shortened(before, after).map((signal) => {
          const kept = signals.find((each) => each.signal === signal);
          const effect = kept === undefined ? undefined : effectWords(signal, after[signal], kept, nowMs);
          return (
            <li key={signal}>
              <span className="font-medium text-text">
                {RECORDS[signal].title}: {daysWords(after[signal])} instead of {daysWords(before[signal])}.
              </span>{' '}
              {effect ?? 'Nothing that is stored is deleted.'}
            </li>
          );
        })}
      </ul>
      <p className="mt-2">A longer setting later brings nothing back.</p>
    </ConfirmDialog>
  );
}

/** How long records are kept: as it is set, and as it really is. */
export function RetentionSection({
  organization: { id, retentionDays },
  mayWrite,
}: {
  readonly organization: OrganizationView;
  readonly mayWrite: boolean;
}): ReactNode {
  const [asked, setAsked] = useState<RetentionSettings>();
  const retention = useQuery(retentionQuery(id));
  const update = useUpdateOrganization(id);
  const save = async (days: RetentionSettings): Promise<void> => {
    const saved = await update({ retentionDays: changedDays(retentionDays, days) });
    form.reset(saved.retentionDays);
    announce('How long records are kept was saved.');
  };
  const form = useZodForm({
    schema: RetentionSettings,
    defaultValues: retentionDays,
    within: '/retentionDays',
    onSave: async (days) => (shortened(retentionDays, days).length > 0 ? setAsked(days) : save(days)),
  });
  const { errors, isDirty } = form.formState;
  const wanted = form.watch();
  const signals = retention.data?.signals ?? [];
  return (
    <>
      <form noValidate onSubmit={form.submit}>
        <Section
          title="Retention"
          description="Days that records are kept, counted from their own time. What the database holds is read from it, not from the setting."
          className="p-0"
          {...(mayWrite
            ? { footer: <SaveFooter isDirty={isDirty} isSaving={form.isSaving} error={form.saveError} /> }
            : {})}
        >
          <fieldset disabled={!mayWrite} className="divide-y divide-line">
            {RETENTION_SIGNALS.map((signal) => {
              const kept = signals.find((each) => each.signal === signal);
              const effect = kept === undefined ? undefined : effectWords(signal, wanted[signal], kept, serverNow());
              return (
                <div key={signal} className="grid gap-x-6 gap-y-2 px-4 py-3 sm:grid-cols-[12rem_minmax(0,1fr)]">
                  <Field label={`${RECORDS[signal].title}, days`} error={errors[signal]?.message}>
                    {(control) => (
                      <Input
                        {...control}
                        {...form.register(signal, { valueAsNumber: true })}
                        type="number"
                        min={1}
                        max={3650}
                        className="tabular-nums"
                      />
                    )}
                  </Field>
                  <div className="min-w-0 self-center">
                    {kept !== undefined ? (
                      <Kept kept={kept} />
                    ) : retention.error === null ? (
                      <Skeleton className="h-10 w-64 max-w-full" />
                    ) : (
                      <p className="flex flex-wrap items-center gap-2 text-muted">
                        What is stored could not be read.
                        <Button size="sm" onClick={() => void retention.refetch()}>
                          Try again
                        </Button>
                      </p>
                    )}
                    {effect === undefined ? null : (
                      <p role="status" className="mt-1 text-warn text-xs">
                        {effect}
                      </p>
                    )}
                  </div>
                </div>
              );
            })}
          </fieldset>
        </Section>
      </form>
      {/* Outside: what it submits is not the form around it. */}
      {asked === undefined ? null : (
        <ShortenDialog
          before={retentionDays}
          after={asked}
          signals={signals}
          save={save}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
