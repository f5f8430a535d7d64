import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { GuideHeading } from './guide.ts';

/** The headings of a guide, as links. */
export function GuideContents({ headings }: { readonly headings: readonly GuideHeading[] }): ReactNode {
  return (
    <nav aria-label="On this page">
      <p aria-hidden className="pb-1.5 font-medium text-subtle text-xs">
        On this page
      </p>
      <ul className="flex flex-col gap-0.5 border-line border-l">
        {headings.map(({ id, text, depth }) => (
          <li key={id}>
            <Link
              to={{ hash: id }}
              className={`-ml-px block border-transparent border-l py-0.5 text-muted text-xs hover:border-accent hover:text-text ${depth === 2 ? 'pl-3' : 'pl-6'}`}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
