import { parseRefresh, REFRESH_SECONDS, type RefreshSeconds } from '../../lib/refresh-seconds.ts';
import { parseRangeParameters, type TimeRange } from '../../lib/time-range.ts';

/** How a dashboard is looked at; in its address. What is undefined is as the dashboard says. */
export interface DashboardView {
  readonly range: TimeRange | undefined;
  readonly refresh: RefreshSeconds | undefined;
  /** Chosen values by the variable's name. */
  readonly variables: ReadonlyMap<string, readonly string[]>;
  /** The one panel that fills the page. */
  readonly panel: string | undefined;
  /** Nothing but the panels, for a screen on the wall. */
  readonly isKiosk: boolean;
}

// As Grafana's, so that links can be written alike.
const VARIABLE = 'var-';

/** Reads a view from the address. */
export function parseDashboardView(parameters: URLSearchParams): DashboardView {
  const names = new Set([...parameters.keys()].filter((key) => key.startsWith(VARIABLE)));
  const from = parameters.get('from');
  const to = parameters.get('to');
  const refresh = parameters.get('refresh');
  return {
    range: from === null && to === null ? undefined : parseRangeParameters(from, to),
    refresh: refresh === null ? undefined : parseRefresh(refresh),
    variables: new Map([...names].map((name) => [name.slice(VARIABLE.length), parameters.getAll(name)])),
    panel: parameters.get('panel') ?? undefined,
    isKiosk: parameters.has('kiosk'),
  };
}

/** Writes a view as parameters of the address. */
export function printDashboardView(view: DashboardView): URLSearchParams {
  const { range, refresh, variables, panel, isKiosk } = view;
  return new URLSearchParams([
    ...(range === undefined ? [] : [['from', range.from] as [string, string], ['to', range.to] as [string, string]]),
    ...(refresh === undefined ? [] : [['refresh', String(refresh)] as [string, string]]),
    ...[...variables].flatMap(([name, values]) =>
      // None chosen is said, too: it is not what the dashboard says.
      (values.length === 0 ? [''] : values).map((value): [string, string] => [VARIABLE + name, value]),
    ),
    ...(panel === undefined ? [] : [['panel', panel] as [string, string]]),
    ...(isKiosk ? [['kiosk', ''] as [string, string]] : []),
  ]);
}

/** The offered interval that comes closest to what a dashboard asks for, and not more often than that. */
export function offeredRefresh(seconds: number): RefreshSeconds {
  return seconds === 0 ? 0 : (REFRESH_SECONDS.find((offered) => offered >= seconds) ?? 300);
}
