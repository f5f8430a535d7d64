import type { IngestCountsAnswer, Signal } from '@aegisguard/model';
import { SIGNALS } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { ingestionPath } from '../../app/paths.ts';
import { MiniBars } from '../../charts/render/mini-bars.tsx';
import { formatCompact, formatCount } from '../../lib/number-format.ts';
import { Stat } from '../../ui/stat.tsx';
import { summarize } from '../ingestion/ingest-summary.ts';
import { kindFill } from '../ingestion/kind-style.ts';
import { HomePanel } from './home-panel.tsx';
import { hourQuery } from './home-queries.ts';

const SIGNAL_WORDS: Readonly<Record<Signal, string>> = {
  logs: 'Logs',
  metrics: 'Samples',
  traces: 'Spans',
  rum: 'RUM events',
  events: 'Security events',
};
const ALL = { signal: undefined, keyId: undefined } as const;

function Signals({ orgId, counts }: { readonly orgId: string; readonly counts: IngestCountsAnswer }): ReactNode {
  const { histogram } = useMemo(() => summarize(counts, ALL), [counts]);
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-5 max-lg:[&>:last-child]:col-span-2">
      {SIGNALS.map((signal) => {
        const perStep =
          histogram.kinds.find(({ kind }) => kind === signal)?.counts ?? new Array<number>(histogram.bars).fill(0);
        const total = perStep.reduce((sum, count) => sum + count, 0);
        return (
          <Stat
            key={signal}
            label={SIGNAL_WORDS[signal]}
            value={<span title={formatCount(total)}>{formatCompact(total)}</span>}
            hint={<MiniBars counts={perStep} className={kindFill(signal)} />}
            to={`${ingestionPath(orgId)}?${new URLSearchParams({ signal })}`}
          />
        );
      })}
    </dl>
  );
}

/** Per signal what came in during the last hour, and how it went. */
export function IntakePanel({ orgId }: { readonly orgId: string }): ReactNode {
  return (
    <HomePanel
      title="What came in"
      description="Records that were accepted during the last hour."
      link={{ label: 'Ingestion', to: ingestionPath(orgId) }}
      query={useQuery(hourQuery(orgId))}
    >
      {(counts) => <Signals orgId={orgId} counts={counts} />}
    </HomePanel>
  );
}
