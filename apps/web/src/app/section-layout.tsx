import { type ReactNode, Suspense } from 'react';
import { Navigate, NavLink, Outlet, useLocation, useParams, useResolvedPath } from 'react-router';
import { PageHeader } from './page-header.tsx';
import type { PageSection } from './sections.ts';
import { useMay } from './use-may.ts';
import { useOrgId } from './use-org-id.ts';

/** The sub-navigation beside a section, and the section in a column of its own that scrolls. */
export function SectionFrame({
  label,
  sections,
}: {
  readonly label: string;
  readonly sections: readonly PageSection[];
}): ReactNode {
  const { pathname } = useLocation();
  return (
    <div className="flex min-h-0 flex-1 flex-col md:flex-row">
      <nav
        aria-label={label}
        className="scrollbar-slim shrink-0 overflow-auto border-line bg-surface max-md:border-b md:w-52 md:border-r"
      >
        <ul className="flex gap-1 px-3 py-1.5 md:flex-col md:py-3">
          {sections.map((section) => (
            <li key={section.slug}>
              <NavLink
                to={section.slug}
                className="flex h-8 items-center whitespace-nowrap rounded-md px-2.5 text-muted hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:font-medium aria-[current=page]:text-text"
              >
                {section.label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      {/* Another section begins at its top. */}
      <div key={pathname} className="scrollbar-slim min-h-0 min-w-0 flex-1 overflow-y-auto">
        <div className="flex max-w-5xl flex-col gap-5 p-4 md:p-6">
          <Suspense fallback={null}>
            <Outlet />
          </Suspense>
        </div>
      </div>
    </div>
  );
}

/** The section that the address names; for the layout's own route. */
export function useCurrentSection(sections: readonly PageSection[]): PageSection | undefined {
  const { pathname } = useLocation();
  const base = useResolvedPath('').pathname;
  const [slug] = pathname.slice(base.length + 1).split('/');
  return sections.find((section) => section.slug === slug);
}

/** A page of an organization that consists of sections, e.g. its settings; what stands in them has the header and the frame already. */
export function SectionLayout({
  title,
  sections,
}: {
  readonly title: string;
  readonly sections: readonly PageSection[];
}): ReactNode {
  const { shows: may } = useMay(useOrgId());
  const current = useCurrentSection(sections);
  return (
    <>
      <PageHeader title={current?.label ?? title} {...(current === undefined ? {} : { within: title })} />
      <SectionFrame label={title} sections={sections.filter(({ permission }) => may(permission))} />
    </>
  );
}

/** Leads to the first section that the person may see, and to the start where there is none. */
export function FirstSection({ sections }: { readonly sections: readonly PageSection[] }): ReactNode {
  const { orgId } = useParams();
  const { shows: may } = useMay(orgId);
  const first = sections.find(({ permission }) => may(permission));
  return <Navigate to={first?.slug ?? '/'} replace />;
}
