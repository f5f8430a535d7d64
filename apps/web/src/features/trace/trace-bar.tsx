import { ZoomOut } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { nanosWords } from '../../charts/metrics/duration-words.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { FindBar } from './find/find-bar.tsx';
import type { TraceExplorer } from './use-trace-explorer.ts';
import { ROW_CHOICES, type RowChoice, TRACE_TABS, type TraceTab } from './view/trace-view.ts';

const TAB_WORDS: Readonly<Record<TraceTab, string>> = {
  waterfall: 'Waterfall',
  chart: 'Timeline',
  flame: 'Flame graph',
  spans: 'Spans',
  services: 'Services',
};

const CHOICE_WORDS: Readonly<Record<RowChoice, string>> = {
  all: 'All spans',
  critical: 'Critical path',
  errors: 'Errors',
  matches: 'Matches',
};

/** Which view of the trace is shown, and what is searched in it. */
export function TraceBar({
  explorer,
  find,
}: {
  readonly explorer: TraceExplorer;
  readonly find: Ref<HTMLInputElement>;
}): ReactNode {
  const { view, change, isZoomed, window, zoom } = explorer;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b bg-surface px-3 py-1.5">
      <fieldset aria-label="View" className="scrollbar-slim flex max-w-full gap-0.5 overflow-x-auto">
        {TRACE_TABS.map((tab) => (
          <Button key={tab} size="sm" variant="ghost" aria-pressed={view.tab === tab} onClick={() => change({ tab })}>
            {TAB_WORDS[tab]}
          </Button>
        ))}
      </fieldset>
      {view.tab === 'waterfall' ? (
        <Select
          aria-label="Which spans"
          className="h-7 text-xs"
          value={view.only}
          onChange={(event) => change({ only: ROW_CHOICES.find((only) => only === event.target.value) ?? 'all' })}
        >
          {ROW_CHOICES.map((only) => (
            <option key={only} value={only}>
              {CHOICE_WORDS[only]}
            </option>
          ))}
        </Select>
      ) : null}
      <FindBar explorer={explorer} field={find} />
      {isZoomed ? (
        <Button size="sm" title="Show the whole trace" onClick={() => zoom(undefined)}>
          <ZoomOut aria-hidden />
          {nanosWords(window.from)} – {nanosWords(window.until)}
        </Button>
      ) : null}
    </div>
  );
}
