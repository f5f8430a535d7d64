import { type ReactNode, useEffect } from 'react';
import { NavDrawer } from './nav-drawer.tsx';
import { OrganizationMenu } from './organization-menu.tsx';
import { useOrgId } from './use-org-id.ts';

/** The top line of every page: where one is on the left, the page's own controls on the right. */
export function PageHeader({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactNode {
  const orgId = useOrgId();
  useEffect(() => {
    document.title = `${title} · AegisGuard`;
  }, [title]);
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-1 gap-y-1.5 border-line border-b bg-surface px-3 py-2 md:py-0">
      <NavDrawer orgId={orgId} />
      <OrganizationMenu orgId={orgId} />
      <span aria-hidden className="text-line-strong">
        /
      </span>
      <h1 className="px-1.5 font-semibold text-sm">{title}</h1>
      <div className="ml-auto flex items-center gap-1.5 max-md:w-full">{children}</div>
    </header>
  );
}
