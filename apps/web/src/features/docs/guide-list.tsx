import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { docsPath } from '../../app/paths.ts';
import { GUIDE_GROUPS } from './guides.ts';

const ENTRY =
  'flex items-center gap-1.5 rounded-md px-2 py-1 text-muted hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:font-medium aria-[current=page]:text-text';

/** What the server itself says of its routes. */
const REFERENCE = [
  { href: '/docs', label: 'API reference' },
  { href: '/openapi.json', label: 'OpenAPI document' },
] as const;

/** All guides, in their groups. */
export function GuideList({ orgId, onChosen }: { readonly orgId: string; readonly onChosen: () => void }): ReactNode {
  return (
    <div className="flex flex-col gap-4">
      {GUIDE_GROUPS.map(({ label, guides }) => (
        <section key={label} aria-label={label}>
          <p aria-hidden className="px-2 pb-1 font-medium text-subtle text-xs">
            {label}
          </p>
          <ul className="flex flex-col gap-0.5">
            {guides.map(({ slug, title }) => (
              <li key={slug}>
                <NavLink to={docsPath(orgId, slug)} onClick={onChosen} className={ENTRY}>
                  {title}
                </NavLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <section aria-label="Reference">
        <p aria-hidden className="px-2 pb-1 font-medium text-subtle text-xs">
          Reference
        </p>
        <ul className="flex flex-col gap-0.5">
          {REFERENCE.map(({ href, label }) => (
            <li key={href}>
              <a href={href} target="_blank" rel="noreferrer" className={ENTRY}>
                {label}
                <ExternalLink aria-hidden className="size-3.5 text-subtle" />
              </a>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
