import { SAMPLING_ROUTES, type TraceSamplingAnswer } from '@aegisguard/model';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useMay } from '../../app/use-may.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { formatCount } from '../../lib/number-format.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { useOnChange } from '../../lib/use-on-change.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { OvertakenNotice } from '../../ui/overtaken-notice.tsx';
import { SaveFooter } from '../../ui/save-footer.tsx';
import { SaveState } from '../../ui/save-state.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Switch } from '../../ui/switch.tsx';
import { ConfirmSampling } from './confirm-sampling.tsx';
import { RuleRow } from './rule-row.tsx';
import { newRule, RULE_WORDS, type RuleFields } from './sampling-fields.ts';
import { SamplingPreview } from './sampling-preview.tsx';
import { readSampling, type SamplingForm, samplingKey, useSamplingForm } from './use-sampling-form.ts';

const DAY_MS = 86_400_000;

/** Which traces the organization keeps. */
export function SamplingPage(): ReactNode {
  const orgId = useOrgId();
  const { may, isKnown } = useMay(orgId);
  const { data, error, refetch } = useQuery({
    queryKey: samplingKey(orgId),
    queryFn: ({ signal }) => readSampling(orgId, signal),
    staleTime: 0,
  });
  if (data === undefined || !isKnown) {
    return error === null ? (
      <Skeleton className="h-64 w-full" />
    ) : (
      <ErrorState error={asApiError(error)} onRetry={() => void refetch()} />
    );
  }
  return <SamplingEditor orgId={orgId} answer={data} isReadOnly={!may('organization:write')} />;
}

function SamplingEditor({
  orgId,
  answer,
  isReadOnly,
}: {
  readonly orgId: string;
  readonly answer: TraceSamplingAnswer;
  readonly isReadOnly: boolean;
}): ReactNode {
  const form = useSamplingForm(orgId, answer);
  const [isAsking, setAsking] = useState(false);
  useOnChange(form.base.version, () => setAsking(false));
  const [date, setDate] = useState(() => new Date(serverNow() - DAY_MS).toISOString().slice(0, 10));
  const preview = useMutation({
    mutationFn: (body: { readonly sampling: NonNullable<SamplingForm['sampling']>; readonly date: string }) =>
      callRoute(SAMPLING_ROUTES.previewTraceSampling, { body, orgId }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { sampling } = form;
    if (sampling?.enabled === true && !form.base.sampling.enabled) {
      setAsking(true);
    } else if (sampling !== undefined) {
      form.save(sampling);
    }
  };
  const asked = preview.variables;
  // What was counted belongs to the rules and the day that it was counted for.
  const counted =
    JSON.stringify(asked) === JSON.stringify({ sampling: form.sampling, date }) ? preview.data : undefined;
  return (
    <>
      <form noValidate onSubmit={submit}>
        <Section
          title="Trace sampling"
          description={
            <>
              Every span is stored, searched and counted as it comes. A day after it is over, the traces that no rule
              keeps are deleted whole: so what is decided knows the whole trace, and the figures of services count every
              call.
            </>
          }
          footer={
            isReadOnly ? undefined : (
              <>
                <span className="mr-auto text-muted text-xs">
                  <SaveState
                    isDirty={form.isDirty}
                    isSaved={form.isSaved}
                    updatedAt={form.base.updatedAt}
                    never="Every trace is kept."
                  />
                </span>
                <SaveFooter isDirty={form.isDirty} isSaving={form.isSaving} error={form.error}>
                  {form.isDirty ? <Button onClick={form.discard}>Discard</Button> : null}
                </SaveFooter>
              </>
            )
          }
        >
          <div className="flex flex-col gap-4">
            {form.theirs === undefined ? null : (
              <OvertakenNotice
                title="Somebody changed the rules meanwhile"
                lost="yours were not saved"
                changes={[]}
                onTake={form.takeTheirs}
                onKeep={form.keepMine}
              />
            )}
            <Switch
              label="Delete traces that no rule keeps"
              checked={form.fields.enabled}
              disabled={isReadOnly}
              onChange={({ target }) => form.change({ enabled: target.checked })}
            />
            <Rules form={form} isReadOnly={isReadOnly} keptByRule={counted?.keptByRule} />
            <Rest form={form} isReadOnly={isReadOnly} />
          </div>
        </Section>
      </form>
      <SamplingPreview
        date={date}
        answer={counted}
        error={preview.error === null ? undefined : asApiError(preview.error)}
        isAsking={preview.isPending}
        canAsk={form.sampling !== undefined && date !== ''}
        onDate={setDate}
        onAsk={() => {
          if (form.sampling !== undefined) {
            preview.mutate({ sampling: form.sampling, date });
          }
        }}
      />
      {isAsking && form.sampling !== undefined && form.isDirty && form.theirs === undefined ? (
        <ConfirmSampling
          sampling={form.sampling}
          counted={counted}
          isSaving={form.isSaving}
          error={form.error}
          onConfirm={() => {
            if (form.sampling !== undefined) {
              form.save(form.sampling);
            }
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
      {form.isDirty ? (
        <LeaveGuard title="The rules are not saved" onDiscard={form.discard}>
          They are lost when you leave.
        </LeaveGuard>
      ) : null}
    </>
  );
}

function Rules({
  form: { fields, change, problems },
  isReadOnly,
  keptByRule,
}: {
  readonly form: SamplingForm;
  readonly isReadOnly: boolean;
  readonly keptByRule: readonly number[] | undefined;
}): ReactNode {
  const { rules } = fields;
  const replace = (place: number, ...by: readonly RuleFields[]) =>
    change({ rules: [...rules.slice(0, place), ...by, ...rules.slice(place + 1)] });
  const move = (place: number, by: -1 | 1): void => {
    const [first, second] = [rules[Math.min(place, place + by)], rules[Math.max(place, place + by)]];
    if (first !== undefined && second !== undefined) {
      const at = Math.min(place, place + by);
      change({ rules: [...rules.slice(0, at), second, first, ...rules.slice(at + 2)] });
    }
  };
  return (
    <div>
      <h3 className="font-medium text-sm">Rules</h3>
      <p className="text-muted text-xs">The first one that is about a trace decides.</p>
      {problems.get('rules') === undefined ? null : <p className="text-danger text-xs">{problems.get('rules')}</p>}
      <ol aria-label="Rules">
        {rules.map((rule, place) => (
          <RuleRow
            key={rule.id}
            rule={rule}
            place={place}
            count={rules.length}
            kept={
              keptByRule?.[place] === undefined ? undefined : `${formatCount(keptByRule[place])} traces of that day`
            }
            problems={problems}
            isReadOnly={isReadOnly}
            onChange={(changed) => replace(place, changed)}
            onMove={(by) => move(place, by)}
            onRemove={() => replace(place)}
          />
        ))}
      </ol>
      {isReadOnly ? null : (
        <Select
          aria-label="Add a rule"
          value=""
          onChange={({ target }) => change({ rules: [...rules, newRule(target.value as RuleFields['keep'])] })}
        >
          <option value="">Add a rule…</option>
          {Object.entries(RULE_WORDS).map(([keep, words]) => (
            <option key={keep} value={keep}>
              {words}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}

/** What happens to traces that no rule is about, and when. */
function Rest({
  form: { fields, change, problems },
  isReadOnly,
}: {
  readonly form: SamplingForm;
  readonly isReadOnly: boolean;
}): ReactNode {
  return (
    <div className="flex flex-wrap gap-4">
      <Field
        label="Of all other traces, per cent"
        hint="Which ones depends on their ids alone."
        error={problems.get('percent')}
        className="w-56"
      >
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            disabled={isReadOnly}
            value={fields.percent}
            onChange={({ target }) => change({ percent: target.value })}
          />
        )}
      </Field>
      <Field
        label="Everything is kept for, hours"
        hint="Counted from the end of the day (UTC)."
        error={problems.get('wholeForHours')}
        className="w-56"
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            disabled={isReadOnly}
            value={fields.wholeForHours}
            onChange={({ target }) => change({ wholeForHours: target.value })}
          />
        )}
      </Field>
    </div>
  );
}
