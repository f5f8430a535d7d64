import type { LogDirection } from '@aegisguard/model';
import { ChartColumn, Download, Ellipsis, LayoutDashboard, Link2, SquareTerminal } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useMay } from '../../../app/use-may.ts';
import { announce } from '../../../lib/announcements.ts';
import { copyText } from '../../../lib/copy-text.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import {
  Menu,
  MenuCheckboxItem,
  MenuContent,
  MenuItem,
  MenuSeparator,
  MenuTrigger,
} from '../../../ui/dropdown-menu.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { chartStep, countQuery } from './chart-query.ts';
import { logsCurl } from './logs-curl.ts';
import { logsPanel } from './logs-panel.ts';

const ExportDialog = lazy(async () => ({ default: (await import('../export/export-dialog.tsx')).ExportDialog }));
const AddToDashboardDialog = lazy(async () => ({
  default: (await import('../../dashboards/add/add-to-dashboard-dialog.tsx')).AddToDashboardDialog,
}));

/** What the menu must know. */
export interface MoreMenuProps {
  readonly orgId: string;
  readonly query: string;
  readonly range: ResolvedRange;
  readonly direction: LogDirection;
  readonly columns: readonly string[];
  readonly total: number | undefined;
  /** The query gives logs, not numbers. */
  readonly isLogs: boolean;
  readonly hasChips: boolean;
  readonly onChips: () => void;
  readonly onQuery: (query: string) => void;
}

async function copy(text: string, done: string): Promise<void> {
  announce((await copyText(text)) ? done : 'The clipboard could not be written.');
}

function Dialogs({
  asked,
  onClose,
  ...props
}: MoreMenuProps & { readonly asked: 'export' | 'panel' | undefined; readonly onClose: () => void }): ReactNode {
  const { orgId, query, isLogs } = props;
  return (
    <Suspense fallback={null}>
      {asked === 'export' ? <ExportDialog {...props} onClose={onClose} /> : null}
      {asked === 'panel' ? (
        <AddToDashboardDialog
          orgId={orgId}
          suggestedTitle={query.trim() === '' ? 'Logs' : query}
          panelOf={(title) => logsPanel(query, isLogs, title)}
          onClose={onClose}
        />
      ) : null}
    </Suspense>
  );
}

/** What else can be done with what is shown: how it looks, and taking it elsewhere. */
export function MoreMenu(props: MoreMenuProps): ReactNode {
  const { orgId, query, range, direction, isLogs, hasChips, onChips, onQuery } = props;
  const [asked, setAsked] = useState<'export' | 'panel'>();
  const { may } = useMay(orgId);
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <IconButton label="More" className="size-7">
            <Ellipsis aria-hidden />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuCheckboxItem checked={hasChips} onCheckedChange={onChips}>
            Query as chips
          </MenuCheckboxItem>
          <MenuSeparator />
          <MenuItem onSelect={() => void copy(location.href, 'The link is copied.')}>
            <Link2 aria-hidden />
            Copy link
          </MenuItem>
          <MenuItem
            onSelect={() =>
              void copy(
                logsCurl(location.origin, orgId, { query, range, direction }),
                'The command is copied; it needs an access token in AEGIS_TOKEN.',
              )
            }
          >
            <SquareTerminal aria-hidden />
            Copy as curl
          </MenuItem>
          {isLogs ? (
            <>
              <MenuItem onSelect={() => setAsked('export')}>
                <Download aria-hidden />
                Export…
              </MenuItem>
              <MenuSeparator />
              <MenuItem onSelect={() => onQuery(countQuery(query, chartStep(range.endMs - range.startMs)))}>
                <ChartColumn aria-hidden />
                Chart this
              </MenuItem>
            </>
          ) : null}
          {may('dashboards:write') ? (
            <MenuItem onSelect={() => setAsked('panel')}>
              <LayoutDashboard aria-hidden />
              Add to a dashboard…
            </MenuItem>
          ) : null}
        </MenuContent>
      </Menu>
      <Dialogs {...props} asked={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}
