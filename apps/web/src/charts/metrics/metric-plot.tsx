import 'uplot/dist/uPlot.min.css';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react';
import UPlot from 'uplot';
import { useTheme } from '../../lib/theme.ts';
import { formatClock, formatDay } from '../../lib/timestamp.ts';
import { useElementWidth } from '../../lib/use-element-width.ts';
import { annotationsAt } from './annotations-at.ts';
import type { LegendHandle } from './chart-legend.tsx';
import type { ChartOptions } from './chart-options.ts';
import { exemplarLayer } from './exemplar-layer.ts';
import { formatUnit } from './format-unit.ts';
import type { ChartAnnotation, ChartExemplar, ChartRange } from './frame.ts';
import type { PlotContent } from './plot-content.ts';
import { drawMarks } from './plot-marks.ts';
import { plotOptions } from './plot-options.ts';
import { plotTooltip } from './plot-tooltip.ts';

/** Spans of fewer pixels are slips of the hand. */
const SELECTED_MIN_PX = 6;

/** What is drawn. */
export interface MetricPlotProps {
  readonly content: PlotContent;
  readonly options: ChartOptions;
  readonly range: ChartRange;
  readonly height: number;
  readonly label: string;
  /** The place of a series that stands out. */
  readonly focused: number | null;
  readonly legend: RefObject<LegendHandle | null>;
  readonly syncKey?: string | undefined;
  readonly annotations?: readonly ChartAnnotation[] | undefined;
  readonly exemplars?: readonly ChartExemplar[] | undefined;
  readonly onZoom?: ((range: ChartRange) => void) | undefined;
  readonly onZoomOut?: (() => void) | undefined;
  readonly onExemplar?: ((exemplar: ChartExemplar) => void) | undefined;
}

const NO_ANNOTATIONS: readonly ChartAnnotation[] = [];
const NO_EXEMPLARS: readonly ChartExemplar[] = [];

type Events = Pick<MetricPlotProps, 'onZoom' | 'onZoomOut' | 'onExemplar'>;

/** What the plot is made of. */
type Drawn = Omit<MetricPlotProps, 'label' | 'focused' | keyof Events>;

/** More dots on the cursor cost more than a frame; the nearest line has its own. */
const DOTTED_MAX = 10;

function cursorOptions(events: RefObject<Events>, { syncKey, content }: Drawn): UPlot.Cursor {
  return {
    points: content.series.length > DOTTED_MAX ? { show: false } : { size: 6 },
    drag: { x: true, y: false, setScale: false },
    ...(syncKey === undefined ? {} : { sync: { key: syncKey, setSeries: false, scales: ['x', null] } }),
    bind: {
      dblclick: () => () => {
        events.current.onZoomOut?.();
        return null;
      },
    },
  };
}

function selectedRange(plot: UPlot): ChartRange | undefined {
  const { left, width } = plot.select;
  return width < SELECTED_MIN_PX
    ? undefined
    : { fromMs: Math.round(plot.posToVal(left, 'x')), toMs: Math.round(plot.posToVal(left + width, 'x')) };
}

/** What the keyboard's place is read out as. */
function placeWords(
  { content: { times, series }, options: { unit, decimals }, annotations = NO_ANNOTATIONS }: MetricPlotProps,
  index: number,
): string {
  const ms = times[index] ?? 0;
  const halfStepMs = ((times[1] ?? ms) - (times[0] ?? ms)) / 2;
  const values = series
    .slice(0, 5)
    .map((each) => `${each.label} ${formatUnit(each.values[index] ?? null, unit, decimals)}`);
  const marked = annotationsAt(annotations, ms, halfStepMs).map(({ text }) => text);
  return `${formatDay(ms)} ${formatClock(ms)}: ${[...values, ...marked].join(', ')}`;
}

/** Puts a chart into the element. */
function makePlot(place: HTMLElement, props: Drawn, width: number, events: RefObject<Events>): UPlot {
  const { content, options, annotations = NO_ANNOTATIONS, exemplars = NO_EXEMPLARS } = props;
  let show = (_plot: UPlot): void => undefined;
  let placeExemplars = (): void => undefined;
  const plot = new UPlot(
    {
      ...plotOptions(content, options, { width, height: props.height, range: props.range }),
      cursor: cursorOptions(events, props),
      hooks: {
        setCursor: [(self) => show(self)],
        setSelect: [
          (self) => {
            const range = selectedRange(self);
            if (range !== undefined) {
              self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
              events.current.onZoom?.(range);
            }
          },
        ],
        draw: [
          (self) => {
            drawMarks(self, options.thresholds, annotations);
            placeExemplars();
          },
        ],
      },
    },
    [content.times, ...content.columns] as unknown as UPlot.AlignedData,
    place,
  );
  const tooltip = plotTooltip(plot, content, options, annotations);
  const layer = exemplarLayer(plot, exemplars, options.unit, (exemplar) => events.current.onExemplar?.(exemplar));
  placeExemplars = layer.place;
  layer.place();
  show = (self) => {
    const { idx, left = -1, top = -1 } = self.cursor;
    const index = left < 0 || idx === undefined ? null : idx;
    tooltip.show(index, left, top);
    props.legend.current?.show(index);
  };
  return plot;
}

/** Moves the cursor by arrow keys; Enter looks closer around it, Backspace leads out again. */
function onKey(event: KeyboardEvent<HTMLElement>, plot: UPlot | undefined, props: MetricPlotProps): void {
  const { times } = props.content;
  const last = times.length - 1;
  if (plot === undefined || last < 0) {
    return;
  }
  const at = plot.cursor.idx ?? last;
  const stride = event.shiftKey ? 10 : 1;
  const target = { ArrowLeft: at - stride, ArrowRight: at + stride, Home: 0, End: last }[event.key];
  if (target !== undefined) {
    const index = Math.min(last, Math.max(0, target));
    plot.setCursor({ left: plot.valToPos(times[index] ?? 0, 'x'), top: 8 });
    event.currentTarget.setAttribute('aria-valuenow', String(index));
    event.currentTarget.setAttribute('aria-valuetext', placeWords(props, index));
  } else if (event.key === 'Enter' && plot.cursor.idx !== null && plot.cursor.idx !== undefined) {
    const quarter = (props.range.toMs - props.range.fromMs) / 4;
    const ms = times[plot.cursor.idx] ?? 0;
    props.onZoom?.({ fromMs: Math.round(ms - quarter), toMs: Math.round(ms + quarter) });
  } else if (event.key === 'Backspace') {
    props.onZoomOut?.();
  } else if (event.key === 'Escape') {
    plot.setCursor({ left: -10, top: -10 });
    return;
  } else {
    return;
  }
  event.preventDefault();
}

/** The canvas of a metric chart: one uPlot, made anew when what it draws has changed. */
export function MetricPlot(props: MetricPlotProps): ReactNode {
  const { content, options, range, height, legend, focused, syncKey, annotations, exemplars } = props;
  const [measure, width] = useElementWidth<HTMLDivElement>();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | undefined>(undefined);
  const pointer = useRef({ left: -10, top: -10 });
  const events = useRef<Events>(props);
  useEffect(() => {
    events.current = props;
  });
  const theme = useTheme();
  const { fromMs, toMs } = range;
  const drawn = useMemo<Drawn>(
    () => ({
      content,
      options,
      range: { fromMs, toMs },
      height,
      legend,
      syncKey,
      annotations,
      exemplars,
    }),
    [content, options, fromMs, toMs, height, legend, syncKey, annotations, exemplars],
  );
  useEffect(() => {
    if (place.current === null || width === 0) {
      return undefined;
    }
    place.current.dataset.theme = theme;
    const made = makePlot(place.current, drawn, width, events);
    plot.current = made;
    // New values come while somebody looks at one.
    made.setCursor(pointer.current);
    return () => {
      const { left = -10, top = -10 } = made.cursor;
      pointer.current = { left, top };
      plot.current = undefined;
      made.destroy();
    };
  }, [drawn, width, theme]);
  useEffect(() => {
    plot.current?.setSeries(focused === null ? null : focused + 1, { focus: focused !== null });
  }, [focused]);
  const last = Math.max(0, content.times.length - 1);
  return (
    <div ref={measure} className="relative w-full select-none">
      <div ref={place} style={{ height }} />
      {/* Beside the plot, not around it: exemplars in it are buttons, which nothing that is operated itself may contain. */}
      <div
        role="slider"
        tabIndex={0}
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={last}
        aria-valuetext={`${content.series.length} series`}
        className="pointer-events-none absolute inset-0 rounded"
        onKeyDown={(event) => onKey(event, plot.current, props)}
      />
    </div>
  );
}
