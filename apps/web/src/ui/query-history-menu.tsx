import { History } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type QueryHistory, readHistory } from '../lib/query-history.ts';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuTrigger } from './dropdown-menu.tsx';
import { IconButton } from './icon-button.tsx';

/** The queries that were run lately, to run again. */
export function QueryHistoryMenu({
  history: asked,
  orgId,
  onChoose,
}: {
  readonly history: QueryHistory;
  readonly orgId: string;
  readonly onChoose: (query: string) => void;
}): ReactNode {
  const [history, setHistory] = useState<readonly string[]>([]);
  return (
    <Menu
      onOpenChange={(open) => {
        if (open) {
          setHistory(readHistory(asked, orgId));
        }
      }}
    >
      <MenuTrigger asChild>
        <IconButton label="Recent queries" variant="outline">
          <History aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end" className="max-h-96 w-[min(36rem,calc(100vw-16px))]">
        <MenuLabel>
          {history.length === 0 ? 'Queries that you run are kept here, in this browser' : 'Recent queries'}
        </MenuLabel>
        {history.map((query) => (
          <MenuItem key={query} onSelect={() => onChoose(query)} className="font-mono text-xs">
            <span className="line-clamp-2 break-all">{query}</span>
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
}
