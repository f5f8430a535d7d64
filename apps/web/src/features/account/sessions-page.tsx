import { AUTH_ROUTES, type SessionView } from '@aegisguard/model';
import { LogOut } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { callRoute } from '../../lib/call-route.ts';
import { useCursorList } from '../../lib/use-cursor-list.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { type DataColumn, DataTable } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { authMethodWords } from './auth-method-words.ts';
import { EndOthersDialog, EndSessionDialog } from './end-session-dialogs.tsx';
import { useIsForeignSession } from './foreign-session.tsx';

const COLUMNS: readonly DataColumn<SessionView>[] = [
  {
    header: 'Device',
    cell: ({ device, current }) => (
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{device}</span>
        {current ? <Badge tone="accent">This session</Badge> : null}
      </span>
    ),
  },
  { header: 'Address', cell: ({ ip }) => <span className="break-all font-mono text-xs">{ip ?? 'unknown'}</span> },
  { header: 'Signed in with', cell: ({ methods }) => authMethodWords(methods) },
  { header: 'Signed in', cell: ({ createdAt }) => <RelativeTime time={createdAt} /> },
  { header: 'Last used', cell: ({ lastUsedAt }) => <RelativeTime time={lastUsedAt} /> },
];

/** Where one is signed in. */
export function SessionsPage(): ReactNode {
  const isForeign = useIsForeignSession();
  const [ending, setEnding] = useState<SessionView | 'others'>();
  const list = useCursorList({
    queryKey: ['sessions'],
    readPage: (cursor, signal) =>
      callRoute(AUTH_ROUTES.listSessions, { query: { cursor: cursor ?? undefined }, signal }),
  });
  const hasOthers = list.rows?.some(({ current }) => !current) === true;
  const close = (): void => setEnding(undefined);
  return (
    <Section
      title="Sessions"
      description="Where you are signed in. What you do not know, sign out, and change your password."
      actions={
        hasOthers && isForeign === false ? (
          <Button onClick={() => setEnding('others')}>
            <LogOut aria-hidden />
            Sign out all others
          </Button>
        ) : null
      }
      className="p-0"
    >
      <DataTable
        label="Sessions"
        columns={COLUMNS}
        list={list}
        rowId={({ id }) => id}
        rowName={({ device, current }) => (current ? 'this session' : device)}
        rowActions={(session) => [
          { label: 'Sign out', icon: LogOut, isDanger: true, onSelect: () => setEnding(session) },
        ]}
        empty={<p className="p-4 text-muted">There are none.</p>}
      />
      {ending === 'others' ? <EndOthersDialog onClose={close} /> : null}
      {typeof ending === 'object' ? <EndSessionDialog session={ending} onClose={close} /> : null}
    </Section>
  );
}
