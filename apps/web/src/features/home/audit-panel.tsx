import { AUDIT_ACTIONS, type AuditEntryView } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { HomePanel } from './home-panel.tsx';
import { auditQuery } from './home-queries.ts';
import { securityLink } from './security-link.ts';

/** What an action means; one of a newer server is called by its own name. */
function actionWords(action: string): string {
  return (AUDIT_ACTIONS as Readonly<Record<string, string | undefined>>)[action] ?? action;
}

function Entries({ entries }: { readonly entries: readonly AuditEntryView[] }): ReactNode {
  if (entries.length === 0) {
    return <p className="text-muted">Nothing was changed yet.</p>;
  }
  return (
    <ul className="flex flex-col">
      {entries.map(({ id, actor, action, target, at }) => (
        <li key={id} className="flex items-baseline gap-3 border-line border-b py-1.5 first:pt-0 last:border-b-0">
          <p className="min-w-0 flex-1 break-words">
            <span className="font-medium">{actor.name}</span> <span className="text-muted">{actionWords(action)}</span>
            {target.name === null || target.name === actor.name ? null : (
              <span className="text-muted">
                {': '}
                <span className="text-text">{target.name}</span>
              </span>
            )}
          </p>
          <span className="shrink-0 text-subtle text-xs">
            <RelativeTime time={at} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The latest changes, and who made them. */
export function AuditPanel({ orgId }: { readonly orgId: string }): ReactNode {
  return (
    <HomePanel
      title="Recent changes"
      description="From the audit log."
      link={securityLink(orgId, 'audit', 'Audit log')}
      query={useQuery(auditQuery(orgId))}
    >
      {({ items }) => <Entries entries={items} />}
    </HomePanel>
  );
}
