import { type ReactNode, useEffect } from 'react';
import { NavDrawer } from './nav-drawer.tsx';
import { OrganizationMenu } from './organization-menu.tsx';
import { useOrgId } from './use-org-id.ts';

function Slash(): ReactNode {
  return (
    <span aria-hidden className="text-line-strong">
      /
    </span>
  );
}

/** The top line of every page: where one is on the left, the page's own controls on the right. */
export function HeaderLine({
  orgId,
  place,
  within,
  title,
  tabTitle = title,
  children,
}: {
  readonly orgId: string | undefined;
  /** What stands first: whose page it is. */
  readonly place: ReactNode;
  /** The page above this one. */
  readonly within?: ReactNode;
  readonly title: string;
  /** What the browser calls the page, where its title alone would not tell it from others of its kind. */
  readonly tabTitle?: string | undefined;
  readonly children?: ReactNode;
}): ReactNode {
  useEffect(() => {
    document.title = `${tabTitle} · AegisGuard`;
  }, [tabTitle]);
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-1 gap-y-1.5 border-line border-b bg-surface px-3 py-2 md:py-0">
      <NavDrawer orgId={orgId} />
      {place}
      <Slash />
      {within === undefined ? null : (
        <span className="flex items-center gap-1 max-md:hidden">
          <span className="px-1.5 text-muted">{within}</span>
          <Slash />
        </span>
      )}
      <h1 className="px-1.5 font-semibold text-sm">{title}</h1>
      <div className="ml-auto flex items-center gap-1.5 max-md:w-full">{children}</div>
    </header>
  );
}

/** The top line of a page of an organization. */
export function PageHeader({
  title,
  tabTitle,
  within,
  children,
}: {
  readonly title: string;
  readonly tabTitle?: string;
  readonly within?: ReactNode;
  readonly children?: ReactNode;
}): ReactNode {
  const orgId = useOrgId();
  return (
    <HeaderLine
      orgId={orgId}
      place={<OrganizationMenu orgId={orgId} />}
      within={within}
      title={title}
      tabTitle={tabTitle}
    >
      {children}
    </HeaderLine>
  );
}
