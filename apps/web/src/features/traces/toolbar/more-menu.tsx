import { TRACE_ROUTES, TRACEQL_ROUTES } from '@aegisguard/model';
import { Ellipsis, Funnel, Link2, SquareTerminal } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { announce } from '../../../lib/announcements.ts';
import { copyText } from '../../../lib/copy-text.ts';
import { routeCurl } from '../../../lib/route-curl.ts';
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
import { funnelBeginningWith } from '../../trace-funnels/funnel-link.ts';
import { metricsBody, searchBody } from '../traces-api.ts';
import type { TracesView } from '../view/traces-view.ts';

async function copy(text: string, done: string): Promise<void> {
  announce((await copyText(text)) ? done : 'The clipboard could not be written.');
}

/** What else can be done with what is shown. */
export function MoreMenu({
  orgId,
  view,
  range,
  isMetrics,
  hasForm,
  onForm,
}: {
  readonly orgId: string;
  readonly view: TracesView;
  readonly range: ResolvedRange;
  /** The query gives numbers, not traces. */
  readonly isMetrics: boolean;
  readonly hasForm: boolean;
  readonly onForm: () => void;
}): ReactNode {
  const navigate = useNavigate();
  const question = { query: view.query, range };
  const command = (): string =>
    isMetrics
      ? routeCurl(location.origin, orgId, TRACEQL_ROUTES.queryTraceMetrics, metricsBody(question))
      : routeCurl(location.origin, orgId, TRACE_ROUTES.searchTraces, searchBody(question, view.sort));
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label="More" className="size-7">
          <Ellipsis aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuCheckboxItem checked={hasForm} onCheckedChange={onForm}>
          Query as a form
        </MenuCheckboxItem>
        <MenuSeparator />
        {isMetrics || view.query.trim() === '' ? null : (
          <MenuItem onSelect={() => void navigate(funnelBeginningWith(orgId, { query: view.query }, view.range))}>
            <Funnel aria-hidden />
            Begin a funnel with this query
          </MenuItem>
        )}
        <MenuItem onSelect={() => void copy(location.href, 'The link is copied.')}>
          <Link2 aria-hidden />
          Copy link
        </MenuItem>
        <MenuItem
          onSelect={() => void copy(command(), 'The command is copied; it needs an access token in AEGIS_TOKEN.')}
        >
          <SquareTerminal aria-hidden />
          Copy as curl
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
