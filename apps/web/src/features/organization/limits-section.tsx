import type { OrganizationView } from '@aegisguard/model';
import type { ComponentProps, ReactNode } from 'react';
import { z } from 'zod';
import { announce } from '../../lib/announcements.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { SaveFooter } from '../../ui/save-footer.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { type LIMIT_MODES, limitFields, limitSchema } from './limit-fields.ts';
import { useUpdateOrganization } from './organization-api.ts';

const FormSchema = z.object({ rate: limitSchema(10_000_000), series: limitSchema(1_000_000_000) });
const MODE_WORDS = {
  default: 'As this installation has it',
  none: 'No limit',
  own: 'A limit of its own',
} as const satisfies Record<(typeof LIMIT_MODES)[number], string>;

function LimitField({
  label,
  hint,
  mode,
  error,
  modeField,
  valueField,
}: {
  readonly label: string;
  readonly hint: string;
  readonly mode: string;
  readonly error: string | undefined;
  readonly modeField: Omit<ComponentProps<'select'>, 'id'>;
  readonly valueField: Omit<ComponentProps<'input'>, 'id'>;
}): ReactNode {
  return (
    <div className="flex flex-col gap-2">
      <Field label={label} hint={hint}>
        {(control) => (
          <Select {...control} {...modeField}>
            {Object.entries(MODE_WORDS).map(([each, words]) => (
              <option key={each} value={each}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {mode === 'own' ? (
        <Field label={`${label}: at most`} error={error}>
          {(control) => (
            <Input {...control} {...valueField} inputMode="numeric" autoComplete="off" className="tabular-nums" />
          )}
        </Field>
      ) : null}
    </div>
  );
}

/** How much the organization may send. */
export function LimitsSection({
  organization: { id, ratePerMin, activeSeriesMax },
  mayWrite,
}: {
  readonly organization: OrganizationView;
  readonly mayWrite: boolean;
}): ReactNode {
  const update = useUpdateOrganization(id);
  const form = useZodForm({
    schema: FormSchema,
    defaultValues: { rate: limitFields(ratePerMin), series: limitFields(activeSeriesMax) },
    onSave: async ({ rate, series }) => {
      const saved = await update({ ratePerMin: rate, activeSeriesMax: series });
      form.reset({ rate: limitFields(saved.ratePerMin), series: limitFields(saved.activeSeriesMax) });
      announce('The limits were saved.');
    },
  });
  const { errors, isDirty } = form.formState;
  return (
    <form noValidate onSubmit={form.submit}>
      <Section
        title="Limits"
        description="What is beyond them is refused with 429 and counted under Ingestion."
        {...(mayWrite
          ? { footer: <SaveFooter isDirty={isDirty} isSaving={form.isSaving} error={form.saveError} /> }
          : {})}
      >
        <fieldset disabled={!mayWrite} className="grid items-start gap-4 sm:grid-cols-2">
          <LimitField
            label="Requests per minute"
            hint="With all keys together."
            mode={form.watch('rate.mode')}
            error={errors.rate?.value?.message}
            modeField={form.register('rate.mode')}
            valueField={form.register('rate.value')}
          />
          <LimitField
            label="Active time series"
            hint="New ones beyond it are refused, those that are known go on."
            mode={form.watch('series.mode')}
            error={errors.series?.value?.message}
            modeField={form.register('series.mode')}
            valueField={form.register('series.value')}
          />
        </fieldset>
      </Section>
    </form>
  );
}
