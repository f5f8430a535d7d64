import { Search } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { Link } from 'react-router';
import { docsPath } from '../../app/paths.ts';
import { Input } from '../../ui/input.tsx';
import { GUIDES } from './guides.ts';
import { searchGuides } from './search-guides.ts';

/** Finds guides and their parts by the words of their headings; what is below gives way to what was found. */
export function GuideSearch({
  orgId,
  onChosen,
  children,
}: {
  readonly orgId: string;
  readonly onChosen: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const [typed, setTyped] = useState('');
  const id = useId();
  const hits = searchGuides(GUIDES, typed);
  const choose = (): void => {
    setTyped('');
    onChosen();
  };
  return (
    <>
      <search className="relative">
        <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-subtle" />
        <Input
          id={id}
          type="search"
          aria-label="Search the documentation"
          placeholder="Search"
          className="pl-8"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && typed !== '') {
              event.stopPropagation();
              setTyped('');
            }
          }}
        />
      </search>
      <p role="status" className="sr-only">
        {typed.trim() === '' ? '' : `${hits.length} found`}
      </p>
      {typed.trim() === '' ? (
        children
      ) : hits.length === 0 ? (
        <p className="px-2 py-2 text-muted">No heading has these words.</p>
      ) : (
        <ul aria-label="Found" className="flex flex-col gap-0.5">
          {hits.map(({ slug, title, heading }) => (
            <li key={`${slug}#${heading?.id ?? ''}`}>
              <Link
                to={{ pathname: docsPath(orgId, slug), hash: heading?.id ?? '' }}
                onClick={choose}
                className="flex flex-col rounded-md px-2 py-1.5 hover:bg-hover"
              >
                <span className="font-medium">{heading?.text ?? title}</span>
                {heading === undefined ? null : <span className="text-subtle text-xs">{title}</span>}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
