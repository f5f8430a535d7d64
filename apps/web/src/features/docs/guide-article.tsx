import { ArrowLeft, ArrowRight } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Link, useLocation } from 'react-router';
import { docsPath } from '../../app/paths.ts';
import { useOnChange } from '../../lib/use-on-change.ts';
import { drawNodes } from './draw-nodes.tsx';
import type { Guide } from './guide.ts';
import { guideElements } from './guide-elements.tsx';
import { GUIDES } from './guides.ts';

function Neighbour({
  orgId,
  guide,
  side,
}: {
  readonly orgId: string;
  readonly guide: Guide | undefined;
  readonly side: 'previous' | 'next';
}): ReactNode {
  if (guide === undefined) {
    return null;
  }
  const Arrow = side === 'previous' ? ArrowLeft : ArrowRight;
  return (
    <Link
      to={docsPath(orgId, guide.slug)}
      className={`flex flex-col gap-0.5 rounded-lg border border-line px-4 py-2.5 hover:border-line-input hover:bg-hover ${side === 'next' ? 'items-end text-right sm:col-start-2' : ''}`}
    >
      <span className="flex items-center gap-1 text-subtle text-xs">
        {side === 'previous' ? <Arrow aria-hidden className="size-3.5" /> : null}
        {side === 'previous' ? 'Previous' : 'Next'}
        {side === 'next' ? <Arrow aria-hidden className="size-3.5" /> : null}
      </span>
      <span className="font-medium">{guide.title}</span>
    </Link>
  );
}

/** One guide, with the ones before and after it. */
export function GuideArticle({ orgId, guide }: { readonly orgId: string; readonly guide: Guide }): ReactNode {
  const { hash, key } = useLocation();
  const drawn = useMemo(() => drawNodes(guide.nodes, guideElements(orgId, guide.slug)), [orgId, guide]);
  // The key is another one when the same link is followed again.
  useOnChange(`${key} ${hash}`, () => {
    if (hash !== '') {
      document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
    }
  });
  const at = GUIDES.indexOf(guide);
  return (
    <article className="min-w-0 max-w-[44rem] flex-1 break-words text-base leading-6">
      {drawn}
      <nav aria-label="Neighbouring guides" className="mt-12 grid gap-3 text-sm sm:grid-cols-2">
        <Neighbour orgId={orgId} guide={GUIDES[at - 1]} side="previous" />
        <Neighbour orgId={orgId} guide={GUIDES[at + 1]} side="next" />
      </nav>
    </article>
  );
}
