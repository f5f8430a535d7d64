import type { UseQueryResult } from '@tanstack/react-query';
import { ArrowRight, CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { asApiError } from '../../lib/api-error.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** A part of the page that is loaded, and fails, by itself. */
export function HomePanel<Data>({
  title,
  description,
  link,
  query: { data, error, refetch },
  skeletonRows = 3,
  className,
  children,
}: {
  readonly title: string;
  readonly description: string;
  /** To the page that says more. */
  readonly link?: { readonly label: string; readonly to: string } | undefined;
  readonly query: UseQueryResult<Data>;
  readonly skeletonRows?: number;
  readonly className?: string;
  readonly children: (data: Data) => ReactNode;
}): ReactNode {
  return (
    <Section
      title={title}
      description={description}
      {...(className === undefined ? {} : { className })}
      actions={
        link === undefined ? null : (
          <Button asChild variant="ghost" size="sm">
            <Link to={link.to}>
              {link.label}
              <ArrowRight aria-hidden />
            </Link>
          </Button>
        )
      }
    >
      {data !== undefined ? (
        children(data)
      ) : error === null ? (
        <div role="status" className="flex flex-col gap-2">
          <span className="sr-only">{title}: loading</span>
          {Array.from({ length: skeletonRows }, (_, row) => `row ${row}`).map((row) => (
            <Skeleton key={row} className="h-6 w-full" />
          ))}
        </div>
      ) : (
        <PanelError error={error} onRetry={() => void refetch()} />
      )}
    </Section>
  );
}

function PanelError({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }): ReactNode {
  const { title, detail } = asApiError(error);
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <CircleAlert aria-hidden className="size-4 shrink-0 text-danger" />
      <p className="min-w-0 flex-1 break-words">
        {title}. <span className="text-muted">{detail}</span>
      </p>
      <Button size="sm" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
