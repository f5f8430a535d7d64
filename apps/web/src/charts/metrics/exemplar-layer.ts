import type UPlot from 'uplot';
import { formatLocal } from '../../lib/timestamp.ts';
import { exemplarTrace } from './exemplar-trace.ts';
import { formatUnit } from './format-unit.ts';
import type { ChartExemplar } from './frame.ts';

/** Dots that are shown; the slowest first, since those are looked for. */
const SHOWN_MAX = 200;

/** Characters of a trace's id that are told; those of OpenTelemetry have 32. */
const TRACE_CHARACTERS = 40;

/** Exemplars as buttons over the plot, so that the keyboard reaches them, too. */
export interface ExemplarLayer {
  /** Puts the buttons where the scales say. */
  place(): void;
}

/** Makes the buttons. */
export function exemplarLayer(
  plot: UPlot,
  exemplars: readonly ChartExemplar[],
  unit: string,
  onChoose: (exemplar: ChartExemplar) => void,
): ExemplarLayer {
  const buttons = exemplars
    .toSorted((a, b) => b.value - a.value)
    .slice(0, SHOWN_MAX)
    .map((exemplar) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className =
        'absolute size-2.5 -translate-x-1/2 -translate-y-1/2 rotate-45 border border-surface bg-accent hover:z-10 hover:size-3.5 disabled:bg-line-input';
      const trace = exemplarTrace(exemplar.labels);
      const leads = trace === undefined ? 'no trace is known' : `open trace ${trace.slice(0, TRACE_CHARACTERS)}`;
      const words = `Exemplar, ${formatUnit(exemplar.value, unit)} at ${formatLocal(exemplar.ms)}: ${leads}`;
      button.disabled = trace === undefined;
      button.setAttribute('aria-label', words);
      button.title = words;
      // The plot would begin to select a span.
      button.addEventListener('mousedown', (event) => event.stopPropagation());
      button.addEventListener('click', () => onChoose(exemplar));
      plot.over.append(button);
      return { button, exemplar };
    });
  return {
    place: () => {
      const { clientWidth, clientHeight } = plot.over;
      for (const { button, exemplar } of buttons) {
        const x = plot.valToPos(exemplar.ms, 'x');
        const y = plot.valToPos(exemplar.value, 'y');
        button.hidden = !(x >= 0 && x <= clientWidth && Number.isFinite(y));
        button.style.left = `${x}px`;
        // One that is beyond the axis stands at its end.
        button.style.top = `${Math.min(clientHeight, Math.max(0, y))}px`;
      }
    },
  };
}
