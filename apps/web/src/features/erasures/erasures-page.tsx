import { ORGANIZATION_ROUTES } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { erasurePath } from '../../app/paths.ts';
import { callRoute } from '../../lib/call-route.ts';
import { useCursorList } from '../../lib/use-cursor-list.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { ErasureStatus } from './erasure-status.tsx';

/** Organizations that the person has deleted. */
export function ErasuresPage(): ReactNode {
  const erasures = useCursorList({
    queryKey: ['erasures'],
    readPage: (cursor, signal) =>
      callRoute(ORGANIZATION_ROUTES.listErasures, { query: cursor === null ? {} : { cursor }, signal }),
  });
  return (
    <Section
      title="Deleted organizations"
      description="Organizations that you have deleted, and what became of their data."
      className="p-0"
    >
      <DataTable
        label="Deleted organizations"
        list={erasures}
        rowId={({ id }) => id}
        columns={[
          {
            header: 'Organization',
            cell: ({ id, organizationName }) => (
              <Link to={erasurePath(id)} className="font-medium text-accent underline underline-offset-2">
                {organizationName}
              </Link>
            ),
          },
          { header: 'State', cell: ({ status }) => <ErasureStatus status={status} /> },
          { header: 'Deleted', cell: ({ requestedAt }) => <RelativeTime time={requestedAt} /> },
          {
            header: 'Finished',
            cell: ({ finishedAt }) => (finishedAt === null ? '–' : <RelativeTime time={finishedAt} />),
          },
        ]}
        empty={<p className="p-4 text-muted">You have not deleted any organization.</p>}
      />
    </Section>
  );
}
