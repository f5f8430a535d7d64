import type { NewPanel } from '@aegisguard/model';

/** What the page shows, as a panel of a dashboard: logs, or the lines of a query for numbers. */
export function logsPanel(query: string, isLogs: boolean, title: string): NewPanel {
  const asked = {
    ref: 'A',
    language: 'logql',
    query: query.trim() === '' ? '{}' : query,
    legend: '',
    isHidden: false,
    isInstant: false,
    minStep: '',
  };
  return {
    title,
    type: isLogs ? 'logs' : 'timeseries',
    description: '',
    queries: [asked],
    options: {},
    repeat: '',
  } as NewPanel;
}
