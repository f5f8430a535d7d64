import type { NewPanel, PanelQuery } from '@aegisguard/model';
import type { MetricsView } from '../view/metrics-view.ts';
import { chartOptionsOf } from './chart-options-of.ts';

const PANEL_TYPE = { table: 'table', stat: 'stat', heatmap: 'heatmap' } as const;

/** What a view shows, as a panel of a dashboard. */
export function panelOf(view: MetricsView, title: string): NewPanel {
  const { display } = view;
  const queries: PanelQuery[] = view.queries
    .filter(({ text }) => text.trim() !== '')
    .map(({ ref, isFormula, text, legend, isHidden }) => ({
      ref,
      language: isFormula ? 'formula' : 'promql',
      query: text,
      legend,
      isHidden,
      isInstant: false,
      minStep: '',
    }));
  return {
    title,
    type: display in PANEL_TYPE ? PANEL_TYPE[display as keyof typeof PANEL_TYPE] : 'timeseries',
    description: '',
    queries,
    options: chartOptionsOf(view, view.unit ?? ''),
    repeat: '',
  } as NewPanel;
}
