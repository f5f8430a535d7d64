import { LayoutDashboard, Link2, Share2, SquareTerminal } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useMay } from '../../../app/use-may.ts';
import { announceFailure } from '../../../lib/announce-failure.ts';
import { announce } from '../../../lib/announcements.ts';
import { copyText } from '../../../lib/copy-text.ts';
import type { Run } from '../../../lib/use-run.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../ui/dropdown-menu.tsx';
import { askedQueries } from '../query/asked-queries.ts';
import { variableValues, writeVariables } from '../query/query-variables.ts';
import { gridOf } from '../use-exploration.ts';
import type { MetricsView } from '../view/metrics-view.ts';
import { panelOf } from './metrics-panel.ts';
import { queryCurl } from './query-curl.ts';

const AddToDashboardDialog = lazy(async () => ({
  default: (await import('../../dashboards/add/add-to-dashboard-dialog.tsx')).AddToDashboardDialog,
}));

async function copy(text: string, done: string): Promise<void> {
  announce((await copyText(text)) ? done : 'The clipboard could not be written.');
}

async function curlOf(view: MetricsView, run: Run): Promise<string> {
  const grid = gridOf(run, view.stepSeconds);
  const values = variableValues(grid.stepMs, run.range.endMs - run.range.startMs);
  const asked = await askedQueries(view.queries, (text) => writeVariables(text, values));
  return asked.flatMap((each) => ('query' in each ? [queryCurl(location.origin, each.query, grid)] : [])).join('\n\n');
}

/** Takes what is shown elsewhere. */
export function ShareMenu({
  orgId,
  view,
  run,
}: {
  readonly orgId: string;
  readonly view: MetricsView;
  readonly run: Run;
}): ReactNode {
  const [isAdding, setAdding] = useState(false);
  const { may } = useMay(orgId);
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button size="sm" variant="ghost">
            <Share2 aria-hidden />
            <span className="max-sm:sr-only">Share</span>
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem onSelect={() => void copy(location.href, 'The link is copied.')}>
            <Link2 aria-hidden />
            Copy link
          </MenuItem>
          <MenuItem
            onSelect={() =>
              announceFailure(
                curlOf(view, run).then((text) =>
                  copy(text, 'The command is copied; it needs a query key in AEGIS_KEY.'),
                ),
              )
            }
          >
            <SquareTerminal aria-hidden />
            Copy as curl
          </MenuItem>
          {may('dashboards:write') ? (
            <MenuItem onSelect={() => setAdding(true)}>
              <LayoutDashboard aria-hidden />
              Add to a dashboard…
            </MenuItem>
          ) : null}
        </MenuContent>
      </Menu>
      <Suspense fallback={null}>
        {isAdding ? (
          <AddToDashboardDialog
            orgId={orgId}
            suggestedTitle={view.queries.find(({ text }) => text !== '')?.text ?? ''}
            panelOf={(title) => panelOf(view, title)}
            onClose={() => setAdding(false)}
          />
        ) : null}
      </Suspense>
    </>
  );
}
