import type { MembershipView, RoleView } from '@aegisguard/model';
import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import { roleTitle, whyNotGiveRole } from '../../lib/role-words.ts';
import type { ZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import type { SsoFields } from './sso-fields.ts';

/** The roles as options; those that one may not give cannot be chosen. */
export function RoleOptions({
  roles,
  giver,
}: {
  readonly roles: readonly RoleView[];
  readonly giver: MembershipView;
}): ReactNode {
  return roles.map((role) => {
    const why = whyNotGiveRole(role, giver);
    return (
      <option key={role.id} value={role.id} disabled={why !== undefined} title={why}>
        {roleTitle(role)}
      </option>
    );
  });
}

/** Which group of the provider gives which role; the first that fits counts. */
export function RoleMapping({
  form,
  roles,
  giver,
}: {
  readonly form: ZodForm<SsoFields, SsoFields>;
  readonly roles: readonly RoleView[];
  readonly giver: MembershipView;
}): ReactNode {
  const rows = useFieldArray({ control: form.control, name: 'roleMapping' });
  const errors = form.formState.errors.roleMapping;
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1 font-medium text-xs">Roles by group</legend>
      {rows.fields.length === 0 ? (
        <p className="text-muted">No group gives a role: members keep theirs, and new ones get the one below.</p>
      ) : (
        <ol className="flex flex-col gap-3">
          {rows.fields.map((row, index) => (
            <li key={row.id} className="flex items-start gap-2">
              <Field label={`Group ${index + 1}`} error={errors?.[index]?.group?.message} className="min-w-0 flex-1">
                {(control) => (
                  <Input
                    {...control}
                    {...form.register(`roleMapping.${index}.group`)}
                    autoComplete="off"
                    spellCheck={false}
                  />
                )}
              </Field>
              <Field
                label={`Role of group ${index + 1}`}
                error={errors?.[index]?.role?.message}
                className="w-36 shrink-0"
              >
                {(control) => (
                  <Select {...control} {...form.register(`roleMapping.${index}.role`)}>
                    <RoleOptions roles={roles} giver={giver} />
                  </Select>
                )}
              </Field>
              <IconButton label={`Remove group ${index + 1}`} className="mt-5" onClick={() => rows.remove(index)}>
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
      <Button size="sm" className="w-fit" onClick={() => rows.append({ group: '', role: 'viewer' })}>
        <Plus aria-hidden />
        Add a group
      </Button>
    </fieldset>
  );
}
