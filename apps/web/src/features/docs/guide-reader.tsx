import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Navigate, useParams } from 'react-router';
import { PageHeader } from '../../app/page-header.tsx';
import { docsPath } from '../../app/paths.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { useMediaQuery, WIDE } from '../../lib/use-media-query.ts';
import { Button } from '../../ui/button.tsx';
import { GuideArticle } from './guide-article.tsx';
import { GuideContents } from './guide-contents.tsx';
import { GuideList } from './guide-list.tsx';
import { GuideSearch } from './guide-search.tsx';
import { GUIDES } from './guides.ts';

/** The list of guides of narrow windows: behind a button, over the guide. */
function GuidesButton({ orgId }: { readonly orgId: string }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <div className="border-line border-b bg-surface">
      <Button
        variant="ghost"
        className="w-full justify-between rounded-none px-4"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        Guides and search
        <ChevronDown aria-hidden className={isOpen ? 'rotate-180' : ''} />
      </Button>
      {isOpen ? (
        <div className="scrollbar-slim flex max-h-[60dvh] flex-col gap-3 overflow-y-auto border-line border-t p-3">
          <GuideSearch orgId={orgId} onChosen={close}>
            <nav aria-label="Guides">
              <GuideList orgId={orgId} onChosen={close} />
            </nav>
          </GuideSearch>
        </div>
      ) : null}
    </div>
  );
}

/** The documentation: guides of this very version, from the repository. */
export function GuideReader(): ReactNode {
  const orgId = useOrgId();
  const { slug } = useParams();
  const isWide = useMediaQuery(WIDE);
  const guide = GUIDES.find((each) => each.slug === slug);
  const [first] = GUIDES;
  if (guide === undefined) {
    return <Navigate to={docsPath(orgId, first?.slug)} replace />;
  }
  return (
    <>
      <PageHeader title={guide.title} within="Docs" />
      <div className="flex min-h-0 flex-1 flex-col bg-surface md:flex-row">
        {isWide ? (
          <div className="scrollbar-slim flex w-60 shrink-0 flex-col gap-3 overflow-y-auto border-line border-r p-3">
            <GuideSearch orgId={orgId} onChosen={() => undefined}>
              <nav aria-label="Guides">
                <GuideList orgId={orgId} onChosen={() => undefined} />
              </nav>
            </GuideSearch>
          </div>
        ) : (
          <GuidesButton orgId={orgId} />
        )}
        {/* Another guide begins at its top. */}
        <div key={guide.slug} className="scrollbar-slim min-h-0 min-w-0 flex-1 overflow-y-auto">
          <div className="mx-auto flex max-w-[64rem] gap-10 px-4 py-6 md:px-8 md:py-8">
            <GuideArticle orgId={orgId} guide={guide} />
            <aside className="sticky top-8 hidden max-h-[calc(100dvh-7rem)] w-52 shrink-0 self-start overflow-y-auto xl:block">
              <GuideContents headings={guide.headings} />
            </aside>
          </div>
        </div>
      </div>
    </>
  );
}
