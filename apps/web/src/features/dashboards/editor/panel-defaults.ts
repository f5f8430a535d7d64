import { type DashboardPanel, PanelOptions, type PanelQuery } from '@aegisguard/model';

/** A query that asks nothing yet. */
export function emptyQuery(ref: string, language: PanelQuery['language'] = 'promql'): PanelQuery {
  return { ref, language, query: '', legend: '', isHidden: false, isInstant: false, minStep: '' };
}

/** The first letter that no query has. */
export function freeRef(queries: readonly PanelQuery[]): string {
  const taken = new Set(queries.map(({ ref }) => ref));
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  return letters.find((letter) => !taken.has(letter)) ?? `Q${queries.length + 1}`;
}

/** A panel as it begins. */
export function newPanel(type: DashboardPanel['type']): Omit<DashboardPanel, 'id'> {
  const isRow = type === 'row';
  const asks = !isRow && type !== 'text';
  return {
    type,
    title: isRow ? 'New row' : '',
    description: '',
    grid: { x: 0, y: 0, w: isRow ? 24 : 12, h: isRow ? 1 : 8 },
    queries: asks ? [emptyQuery('A', type === 'logs' ? 'logql' : 'promql')] : [],
    options: PanelOptions.parse({}),
    repeat: '',
  };
}
