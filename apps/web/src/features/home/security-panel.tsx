import { EVENT_SEVERITIES, type EventSeverity, type SecurityEventTrendAnswer } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { MiniBars } from '../../charts/render/mini-bars.tsx';
import { formatCount } from '../../lib/number-format.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { HomePanel } from './home-panel.tsx';
import { securityQuery } from './home-queries.ts';
import { securityLink } from './security-link.ts';

const TONES: Readonly<Record<EventSeverity, Tone>> = {
  info: 'neutral',
  low: 'neutral',
  medium: 'warn',
  high: 'danger',
  critical: 'danger',
};
const TYPES_SHOWN = 4;

function Events({ trend }: { readonly trend: SecurityEventTrendAnswer }): ReactNode {
  if (trend.total === 0) {
    return (
      <p className="flex items-center gap-2 text-muted">
        <ShieldCheck aria-hidden className="size-4 shrink-0 text-ok" />
        Nothing was noticed.
      </p>
    );
  }
  const perStep = Array.from({ length: trend.steps }, (_, step) =>
    trend.severities.reduce((sum, { counts }) => sum + (counts[step] ?? 0), 0),
  );
  const bySeverity = EVENT_SEVERITIES.toReversed().flatMap((severity) => {
    const counts = trend.severities.find((each) => each.severity === severity)?.counts ?? [];
    const count = counts.reduce((sum, each) => sum + each, 0);
    return count === 0 ? [] : [{ severity, count }];
  });
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label="By severity" className="flex flex-wrap gap-2">
        {bySeverity.map(({ severity, count }) => (
          <li key={severity}>
            <Badge tone={TONES[severity]}>
              {formatCount(count)} {severity}
            </Badge>
          </li>
        ))}
      </ul>
      <MiniBars counts={perStep} className="fill-series-7" />
      <ul aria-label="Most frequent" className="flex flex-col gap-1">
        {trend.topTypes.slice(0, TYPES_SHOWN).map(({ type, count }) => (
          <li key={type} className="flex items-baseline gap-3">
            <code className="min-w-0 flex-1 truncate font-mono text-xs">{type}</code>
            <span className="text-muted tabular-nums">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Security events of the last 24 hours. */
export function SecurityPanel({ orgId }: { readonly orgId: string }): ReactNode {
  return (
    <HomePanel
      title="Security events"
      description="Of the last 24 hours, by severity."
      link={securityLink(orgId, 'events', 'All events')}
      query={useQuery(securityQuery(orgId))}
    >
      {(trend) => <Events trend={trend} />}
    </HomePanel>
  );
}
