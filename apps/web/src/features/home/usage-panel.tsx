import type { UsageAnswer } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatBytes, formatCompact, formatCount } from '../../lib/number-format.ts';
import { HomePanel } from './home-panel.tsx';
import { usageQuery } from './home-queries.ts';

function Totals({ totals }: { readonly totals: UsageAnswer['totals'] }): ReactNode {
  const rows = [
    { label: 'Logs', count: totals.logsCount, bytes: totals.logsBytes },
    // Samples are not counted in bytes.
    { label: 'Samples', count: totals.metricsCount, bytes: undefined },
    { label: 'Spans', count: totals.spansCount, bytes: totals.spansBytes },
    { label: 'RUM events', count: totals.rumCount, bytes: totals.rumBytes },
  ];
  return (
    <table className="w-full">
      <caption className="sr-only">Usage this month</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">What</th>
          <th scope="col">Records</th>
          <th scope="col">Size</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, count, bytes }) => (
          <tr key={label} className="border-line border-b last:border-b-0">
            <th scope="row" className="py-1.5 text-left font-normal text-muted">
              {label}
            </th>
            <td title={formatCount(count)} className="py-1.5 text-right font-medium tabular-nums">
              {formatCompact(count)}
            </td>
            <td className="w-24 py-1.5 text-right text-subtle tabular-nums">
              {bytes === undefined ? '' : formatBytes(bytes)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What was sent since the month began. */
export function UsagePanel({ orgId }: { readonly orgId: string }): ReactNode {
  return (
    <HomePanel
      title="Usage this month"
      description="Records by time of receipt, and how large they were sent."
      query={useQuery(usageQuery(orgId))}
    >
      {({ totals }) => <Totals totals={totals} />}
    </HomePanel>
  );
}
