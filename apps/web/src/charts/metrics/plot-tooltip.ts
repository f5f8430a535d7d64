import type UPlot from 'uplot';
import { formatClock, formatDay } from '../../lib/timestamp.ts';
import { annotationsAt } from './annotations-at.ts';
import { formatUnit } from './format-unit.ts';
import type { ChartAnnotation } from './frame.ts';
import type { PlotContent } from './plot-content.ts';
import { colorOfSeries } from './theme-color.ts';

/** Lines of the tooltip; it must fit beside the pointer. */
const LINES = 10;
const LINE_PX = 16;

/** How near the pointer must be to an annotation's line. */
const NEAR_PX = 6;

/** What moves with the pointer, written straight into the document: React would render hundreds of times a second. */
export interface PlotTooltip {
  /** Shows the values at a place of the time axis, the one nearest to the height in bold; nothing for no place. */
  show(index: number | null, left: number, top: number): void;
}

interface Line {
  readonly row: HTMLElement;
  readonly mark: HTMLElement;
  readonly name: HTMLElement;
  readonly value: HTMLElement;
}

function element(className: string, parent: HTMLElement): HTMLElement {
  const made = document.createElement('div');
  made.className = className;
  parent.append(made);
  return made;
}

/** Equal texts and styles cost no layout, which new text nodes would. */
function write(target: HTMLElement, text: string): void {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

function paint(target: HTMLElement, color: string): void {
  if (target.dataset.color !== color) {
    target.dataset.color = color;
    target.style.background = color;
  }
}

function makeLine(parent: HTMLElement): Line {
  const row = element('flex items-center gap-1.5 data-[near=true]:font-semibold [&[hidden]]:hidden', parent);
  const mark = element('size-2 shrink-0 rounded-[2px]', row);
  const name = element('min-w-0 flex-1 truncate', row);
  const value = element('shrink-0 pl-3 tabular-nums', row);
  return { row, mark, name, value };
}

/** The places of series that are told: those around the pointer's height, from the largest value. */
function toldPlaces(content: PlotContent, index: number, height: number): { places: number[]; nearest: number } {
  let nearest = -1;
  let distance = Number.POSITIVE_INFINITY;
  const places: number[] = [];
  content.columns.forEach((column, place) => {
    const drawn = column[index];
    if (drawn === null || drawn === undefined) {
      return;
    }
    places.push(place);
    const away = Math.abs(drawn - height);
    if (away < distance) {
      distance = away;
      nearest = place;
    }
  });
  const valueAt = (place: number): number => content.columns[place]?.[index] ?? 0;
  places.sort((a, b) => valueAt(b) - valueAt(a));
  const at = places.indexOf(nearest);
  const from = Math.max(0, Math.min(at - Math.floor(LINES / 2), places.length - LINES));
  return { places: places.slice(from, from + LINES), nearest };
}

/** Makes the tooltip of a plot. */
export function plotTooltip(
  plot: UPlot,
  content: PlotContent,
  { unit, decimals }: { readonly unit: string; readonly decimals: number | null },
  annotations: readonly ChartAnnotation[],
): PlotTooltip {
  const box = element(
    'pointer-events-none absolute top-0 left-0 z-20 max-w-96 will-change-transform rounded-md border border-line-strong bg-raised px-2 py-1.5 text-2xs text-text shadow-float',
    plot.over,
  );
  box.hidden = true;
  const dot = element(
    'pointer-events-none absolute -top-1 -left-1 z-10 size-2 will-change-transform rounded-full outline-2 outline-surface outline-solid',
    plot.over,
  );
  dot.hidden = true;
  box.setAttribute('aria-hidden', 'true');
  const time = element('pb-0.5 text-muted tabular-nums', box);
  const lines = Array.from({ length: Math.min(LINES, content.series.length) }, () => makeLine(box));
  const more = element('pt-0.5 text-subtle', box);
  const marked = element('whitespace-pre-wrap break-words pt-0.5 font-medium empty:hidden', box);
  return {
    show: (index, left, top) => {
      const ms = index === null ? undefined : content.times[index];
      box.hidden = index === null || ms === undefined;
      if (index === null || ms === undefined) {
        dot.hidden = true;
        return;
      }
      write(time, `${formatDay(ms)} ${formatClock(ms)}`);
      const { places, nearest } = toldPlaces(content, index, plot.posToVal(top, 'y'));
      lines.forEach(({ row, mark, name, value }, line) => {
        const place = places[line];
        const series = place === undefined ? undefined : content.series[place];
        row.hidden = series === undefined;
        if (series !== undefined && place !== undefined) {
          row.dataset.near = String(place === nearest);
          paint(mark, colorOfSeries(series, content.colors[place] ?? 0));
          write(name, series.label);
          write(value, formatUnit(series.values[index] ?? null, unit, decimals));
        }
      });
      const others = content.series.length - places.length;
      write(more, others > 0 ? `and ${others} more` : '');
      const near = annotationsAt(
        annotations,
        plot.posToVal(left, 'x'),
        plot.posToVal(NEAR_PX, 'x') - plot.posToVal(0, 'x'),
      );
      write(marked, near.map(({ text }) => text).join('\n'));
      const width = plot.bbox.width / devicePixelRatio;
      const isRight = left > width / 2;
      const height = LINE_PX * (Math.min(LINES, places.length) + 2 + near.length) + 14;
      const y = Math.max(0, Math.min(top - 20, plot.bbox.height / devicePixelRatio - height));
      box.style.transform = `translate(${isRight ? left - 12 : left + 12}px, ${y}px)${isRight ? ' translateX(-100%)' : ''}`;
      const nearestHeight = content.columns[nearest]?.[index] ?? null;
      dot.hidden = nearestHeight === null;
      if (nearestHeight !== null) {
        paint(dot, colorOfSeries(content.series[nearest] ?? {}, content.colors[nearest] ?? 0));
        dot.style.transform = `translate(${plot.valToPos(ms, 'x')}px, ${plot.valToPos(nearestHeight, 'y')}px)`;
      }
    },
  };
}
