import { PERMISSION_TEXTS, type RoleView } from '@aegisguard/model';
import { Check, ChevronLeft, ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode, useState } from 'react';
import { roleTitle } from '../../lib/role-words.ts';
import { useMediaQuery, WIDE } from '../../lib/use-media-query.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { PERMISSION_GROUPS } from './permission-groups.ts';

/** How many roles stand beside each other. */
const COLUMNS = { wide: 7, narrow: 4 } as const;

function Cell({ has }: { readonly has: boolean }): ReactNode {
  return (
    <td className="px-1 py-1.5 text-center">
      {has ? <Check aria-hidden className="inline size-4 text-accent" /> : null}
      <span className="sr-only">{has ? 'yes' : 'no'}</span>
    </td>
  );
}

function Rows({ roles }: { readonly roles: readonly RoleView[] }): ReactNode {
  return PERMISSION_GROUPS.map(({ label, permissions }) => (
    <Fragment key={label}>
      <tr className="border-line border-t">
        <th
          scope="rowgroup"
          colSpan={roles.length + 1}
          className="bg-canvas px-4 py-1 text-left font-medium text-subtle text-xs"
        >
          {label}
        </th>
      </tr>
      {permissions.map((permission) => (
        <tr key={permission} className="border-line border-t hover:bg-hover">
          <th scope="row" className="px-4 py-1.5 text-left font-normal" title={permission}>
            {PERMISSION_TEXTS[permission]}
          </th>
          {roles.map((role) => (
            <Cell key={role.id} has={role.permissions.includes(permission)} />
          ))}
        </tr>
      ))}
    </Fragment>
  ));
}

/** What each role may do; a few roles beside each other. */
export function PermissionMatrix({ roles }: { readonly roles: readonly RoleView[] }): ReactNode {
  const columns = useMediaQuery(WIDE) ? COLUMNS.wide : COLUMNS.narrow;
  const [wanted, setFirst] = useState(0);
  // The last ones may have been deleted.
  const first = Math.min(wanted, Math.max(0, roles.length - columns));
  const shown = roles.slice(first, first + columns);
  return (
    <>
      {roles.length <= columns ? null : (
        <div className="flex items-center justify-end gap-1 px-3 pt-2 text-muted text-xs tabular-nums">
          Roles {first + 1} to {first + shown.length} of {roles.length}
          <IconButton
            label="Roles before"
            disabled={first === 0}
            onClick={() => setFirst(Math.max(0, first - columns))}
          >
            <ChevronLeft aria-hidden />
          </IconButton>
          <IconButton
            label="Roles after"
            disabled={first + columns >= roles.length}
            onClick={() => setFirst(first + columns)}
          >
            <ChevronRight aria-hidden />
          </IconButton>
        </div>
      )}
      <table className="w-full table-fixed text-sm">
        <caption className="sr-only">What each role may do</caption>
        <thead>
          <tr className="text-xs">
            <th scope="col" className="w-2/5 px-4 py-2 text-left font-medium text-subtle">
              Permission
            </th>
            {shown.map((role) => (
              <th key={role.id} scope="col" className="px-1 py-2 text-center font-medium max-md:text-2xs">
                <span className="line-clamp-2 break-words">{roleTitle(role)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Rows roles={shown} />
        </tbody>
      </table>
    </>
  );
}
