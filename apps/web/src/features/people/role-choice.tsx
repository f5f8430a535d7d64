import { type MembershipView, PERMISSION_TEXTS, type RoleView } from '@aegisguard/model';
import type { ComponentProps, ReactNode } from 'react';
import { roleTitle, whyNotGiveRole } from '../../lib/role-words.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';

/** What a role lets one do, in words. */
function RoleSummary({ role }: { readonly role: RoleView }): ReactNode {
  return (
    <div className="rounded-md border border-line bg-canvas px-3 py-2.5 text-xs">
      {role.description === '' ? null : <p className="mb-1.5">{role.description}</p>}
      <ul aria-label={`What ${roleTitle(role)} may do`} className="grid gap-x-4 gap-y-0.5 text-muted sm:grid-cols-2">
        {role.permissions.map((permission) => (
          <li key={permission}>{PERMISSION_TEXTS[permission]}</li>
        ))}
      </ul>
    </div>
  );
}

/** One of the organization's roles, with what it lets one do; those that one may not give cannot be chosen. */
export function RoleChoice({
  roles,
  giver,
  chosen,
  error,
  field,
}: {
  readonly roles: readonly RoleView[];
  /** Who gives it. */
  readonly giver: MembershipView;
  readonly chosen: string;
  readonly error: string | undefined;
  /** Of the form. */
  readonly field: Omit<ComponentProps<'select'>, 'id'>;
}): ReactNode {
  const role = roles.find(({ id }) => id === chosen);
  const withheld = roles.flatMap((each) => {
    const why = whyNotGiveRole(each, giver);
    return why === undefined ? [] : [`${roleTitle(each)}: ${why}`];
  });
  return (
    <>
      <Field label="Role" error={error} {...(withheld.length === 0 ? {} : { hint: withheld.join(' ') })}>
        {(control) => (
          <Select {...control} {...field}>
            {roles.map((each) => (
              <option key={each.id} value={each.id} disabled={whyNotGiveRole(each, giver) !== undefined}>
                {roleTitle(each)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {role === undefined ? null : <RoleSummary role={role} />}
    </>
  );
}
