import type { TraceOutline } from '@aegisguard/model';
import { lazy, type ReactNode, type RefObject, Suspense, useRef, useState } from 'react';
import { Link } from 'react-router';
import { PageHeader } from '../../app/page-header.tsx';
import { tracesPath } from '../../app/paths.ts';
import { useHotkeys } from '../../lib/use-hotkeys.ts';
import { useMediaQuery, WIDE } from '../../lib/use-media-query.ts';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { MissingParts } from './header/missing-parts.tsx';
import { TraceFacts } from './header/trace-facts.tsx';
import { TraceWarnings } from './header/trace-warnings.tsx';
import { TraceMinimap } from './minimap/trace-minimap.tsx';
import type { TraceModel } from './model/trace-model.ts';
import { spanName } from './span-name.ts';
import { TraceActions } from './trace-actions.tsx';
import type { TraceRef } from './trace-api.ts';
import { TraceBar } from './trace-bar.tsx';
import { useFocusBack } from './use-focus-back.ts';
import type { Reading } from './use-trace.ts';
import { stepIn, stepOut, stepRows, type TraceExplorer, useTraceExplorer } from './use-trace-explorer.ts';
import { Waterfall } from './waterfall/waterfall.tsx';
import { scaledZoom, shiftedZoom, zoomAround } from './zoom/zoom-steps.ts';

const SpanPanel = lazy(async () => ({ default: (await import('./span/span-panel.tsx')).SpanPanel }));
const TraceKeys = lazy(async () => ({ default: (await import('./trace-keys.tsx')).TraceKeys }));
const CompareDialog = lazy(async () => ({ default: (await import('./compare/compare-dialog.tsx')).CompareDialog }));
const FlameChartView = lazy(async () => ({ default: (await import('./flame/flame-chart-view.tsx')).FlameChartView }));
const FlameGraphView = lazy(async () => ({ default: (await import('./flame/flame-graph-view.tsx')).FlameGraphView }));
const SpanTable = lazy(async () => ({ default: (await import('./spans/span-table.tsx')).SpanTable }));
const ServiceShares = lazy(async () => ({ default: (await import('./services/service-shares.tsx')).ServiceShares }));

function Shown({
  explorer,
  version,
  isWide,
}: {
  readonly explorer: TraceExplorer;
  readonly version: number;
  readonly isWide: boolean;
}): ReactNode {
  switch (explorer.view.tab) {
    case 'waterfall':
      return <Waterfall explorer={explorer} isNarrow={!isWide} />;
    case 'chart':
      return <FlameChartView explorer={explorer} />;
    case 'flame':
      return <FlameGraphView key={version} explorer={explorer} />;
    case 'spans':
      return <SpanTable explorer={explorer} />;
    case 'services':
      return <ServiceShares explorer={explorer} />;
  }
}

/** What the keys of the page do; what they do in a field or a menu is that one's business. */
function useTraceKeys(
  explorer: TraceExplorer,
  find: RefObject<HTMLInputElement | null>,
  { help, refresh }: { readonly help: () => void; readonly refresh: () => void },
): void {
  const { view, model, cursor, zoom, adjustZoom, change, toMatch } = explorer;
  const isOverTime = view.tab === 'waterfall' || view.tab === 'chart';
  const onRows = (act: () => void) => () => (view.tab === 'waterfall' ? act() : undefined);
  const onTime = (act: () => void) => () => (isOverTime ? act() : undefined);
  const toMatchBefore = (): void => toMatch(-1);
  const stepBack = (): void => {
    // A dialog hears its own Escape.
    if (document.querySelector('dialog[open]') !== null) {
      return;
    }
    if (cursor.isOpen) {
      cursor.close();
    } else if (view.find !== '') {
      change({ find: '' });
    } else if (explorer.isZoomed) {
      zoom(undefined);
    }
  };
  useHotkeys({
    '/': (event) => {
      event.preventDefault();
      find.current?.focus();
    },
    '?': help,
    r: refresh,
    Escape: stepBack,
    n: () => toMatch(1),
    N: toMatchBefore,
    j: onRows(() => stepRows(explorer, 1)),
    k: onRows(() => stepRows(explorer, -1)),
    h: onRows(() => stepOut(explorer)),
    l: onRows(() => stepIn(explorer)),
    z: onTime(() => {
      const { row } = cursor;
      if (row !== undefined) {
        zoom(zoomAround(model.start[row] ?? 0, model.duration[row] ?? 0));
      }
    }),
    '0': onTime(() => zoom(undefined)),
    '+': onTime(() => adjustZoom((shown) => scaledZoom(shown, 0.5))),
    '-': onTime(() => adjustZoom((shown) => scaledZoom(shown, 2))),
    '[': onTime(() => adjustZoom((shown) => shiftedZoom(shown, -0.25))),
    ']': onTime(() => adjustZoom((shown) => shiftedZoom(shown, 0.25))),
  });
}

/** The open span, beside the view where there is room, and over it where there is not. */
function OpenSpan({ explorer, isWide }: { readonly explorer: TraceExplorer; readonly isWide: boolean }): ReactNode {
  const { cursor } = explorer;
  if (!cursor.isOpen || cursor.row === undefined) {
    return null;
  }
  const panel = (
    <Suspense fallback={null}>
      <SpanPanel ref={explorer.panel} explorer={explorer} row={cursor.row} />
    </Suspense>
  );
  return isWide ? (
    <div className="w-[clamp(340px,34vw,600px)] shrink-0 border-line border-l">{panel}</div>
  ) : (
    <Sheet label="Span" side="full" onClose={cursor.close}>
      {panel}
    </Sheet>
  );
}

/** A trace that is there, and the ways to look at it. */
export function TraceContent({
  trace,
  outline,
  model,
  reading,
}: {
  readonly trace: TraceRef;
  readonly outline: TraceOutline;
  readonly model: TraceModel;
  readonly reading: Reading;
}): ReactNode {
  const explorer = useTraceExplorer(trace, outline, model);
  const isWide = useMediaQuery(WIDE);
  const find = useRef<HTMLInputElement>(null);
  const shown = useRef<HTMLDivElement>(null);
  const [dialog, setDialog] = useState<'keys' | 'compare'>();
  const { tab } = explorer.view;
  const help = (): void => setDialog('keys');
  const closeDialog = (): void => setDialog(undefined);
  useFocusBack(explorer.cursor.isOpen, shown);
  useTraceKeys(explorer, find, { help, refresh: reading.refresh });
  return (
    <>
      <PageHeader
        title="Trace"
        tabTitle={`${spanName(outline.rootName)} · ${spanName(outline.rootService)}`}
        within={<Link to={tracesPath(trace.orgId)}>Traces</Link>}
      >
        <TraceActions
          trace={trace}
          startTime={outline.startTime}
          onRefresh={reading.refresh}
          onCompare={() => setDialog('compare')}
          onKeys={help}
        />
      </PageHeader>
      <div className="flex min-h-0 flex-1">
        <div className="relative flex min-w-0 flex-1 flex-col">
          <ProgressLine active={reading.isLoading} label="Reading again" />
          <TraceFacts explorer={explorer} />
          <TraceWarnings warnings={outline.warnings} />
          <MissingParts explorer={explorer} reading={reading} />
          <TraceBar explorer={explorer} find={find} />
          {tab === 'waterfall' || tab === 'chart' ? <TraceMinimap explorer={explorer} /> : null}
          <div ref={shown} tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
            <Suspense fallback={null}>
              <Shown explorer={explorer} version={reading.version} isWide={isWide} />
            </Suspense>
          </div>
        </div>
        <OpenSpan explorer={explorer} isWide={isWide} />
      </div>
      <Suspense fallback={null}>
        {dialog === 'keys' ? <TraceKeys onClose={closeDialog} /> : null}
        {dialog === 'compare' ? <CompareDialog trace={trace} outline={outline} onClose={closeDialog} /> : null}
      </Suspense>
    </>
  );
}
