import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ingestionPath } from '../../app/paths.ts';
import { DropList } from '../ingestion/drop-list.tsx';
import { summarize } from '../ingestion/ingest-summary.ts';
import { HomePanel } from './home-panel.tsx';
import { hourQuery } from './home-queries.ts';

const REASONS_SHOWN = 3;

/** The most frequent reasons why records were refused, and what to do about them. */
export function RefusedPanel({ orgId }: { readonly orgId: string }): ReactNode {
  return (
    <HomePanel
      title="What was refused"
      description="During the last hour, and why."
      link={{ label: 'Ingestion', to: ingestionPath(orgId) }}
      query={useQuery(hourQuery(orgId))}
    >
      {(counts) => (
        <DropList drops={summarize(counts, { signal: undefined, keyId: undefined }).drops.slice(0, REASONS_SHOWN)} />
      )}
    </HomePanel>
  );
}
