import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { formatCount } from '../../../lib/number-format.ts';
import { useTheme } from '../../../lib/theme.ts';
import { useElementWidth } from '../../../lib/use-element-width.ts';
import { minimap } from '../model/minimap.ts';
import type { TimeWindow } from '../model/trace-model.ts';
import type { TraceExplorer } from '../use-trace-explorer.ts';
import { useTimeBrush } from '../zoom/use-time-brush.ts';
import { paintMinimap } from './paint-minimap.ts';
import { ZoomHandle } from './zoom-handle.tsx';

const HEIGHT_PX = 56;

/** No line of it is higher. */
const LINE_MAX_PX = 6;

/** What is not drawn below, under a veil. */
function Veil({ window, total }: { readonly window: TimeWindow; readonly total: number }): ReactNode {
  const from = (window.from / total) * 100;
  const until = (window.until / total) * 100;
  return (
    <>
      <span className="pointer-events-none absolute inset-y-0 left-0 bg-canvas/75" style={{ width: `${from}%` }} />
      <span
        className="pointer-events-none absolute inset-y-0 right-0 bg-canvas/75"
        style={{ width: `${100 - until}%` }}
      />
      <span
        className="pointer-events-none absolute inset-y-0 border-accent border-x"
        style={{ left: `${from}%`, width: `${until - from}%` }}
      />
    </>
  );
}

/** The whole trace at a glance, and which part of its time is drawn: drag to choose one, or move its ends. */
export function TraceMinimap({ explorer }: { readonly explorer: TraceExplorer }): ReactNode {
  const { model, window, isZoomed, zoom } = explorer;
  const [measure, width] = useElementWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const drawn = useMemo(() => (width === 0 ? undefined : minimap(model, width, HEIGHT_PX)), [model, width]);
  const whole = useMemo(() => ({ from: 0, until: model.total }), [model]);
  const { brushed, handlers } = useTimeBrush(whole, zoom);
  useEffect(() => {
    if (canvas.current !== null && drawn !== undefined) {
      canvas.current.dataset.theme = theme;
      paintMinimap(canvas.current, drawn);
    }
  }, [drawn, theme]);
  return (
    <div className="relative border-line border-b bg-surface px-3 py-1.5">
      <div
        ref={measure}
        role="presentation"
        title="Drag to look closer, double-click for the whole trace"
        className="relative cursor-crosshair touch-pan-y select-none"
        style={{ height: HEIGHT_PX }}
        {...handlers}
        onDoubleClick={() => zoom(undefined)}
      >
        <canvas
          ref={canvas}
          role="img"
          aria-label={`The whole trace: ${formatCount(model.count)} spans of ${formatCount(model.services.length)} services`}
          className="absolute inset-x-0 top-0 w-full [image-rendering:pixelated]"
          style={{ height: Math.min(HEIGHT_PX, model.count * LINE_MAX_PX) }}
        />
        {isZoomed ? <Veil window={window} total={model.total} /> : null}
        {brushed === undefined ? null : (
          <span
            className="pointer-events-none absolute inset-y-0 border-accent border-x bg-brush"
            style={{ left: brushed.fromPx, width: brushed.untilPx - brushed.fromPx }}
          />
        )}
        {isZoomed ? (
          <>
            <ZoomHandle label="Start of what is drawn" side="from" explorer={explorer} widthPx={width} />
            <ZoomHandle label="End of what is drawn" side="until" explorer={explorer} widthPx={width} />
          </>
        ) : null}
      </div>
    </div>
  );
}
