/** Which dashboards the list shows; in its address. */
export interface DashboardsView {
  readonly q: string | undefined;
  readonly tag: string | undefined;
}

/** Reads a view from the address. */
export function parseDashboardsView(parameters: URLSearchParams): DashboardsView {
  return { q: parameters.get('q') ?? undefined, tag: parameters.get('tag') ?? undefined };
}

/** Writes a view as parameters of the address. */
export function printDashboardsView({ q, tag }: DashboardsView): URLSearchParams {
  return new URLSearchParams({ ...(q === undefined ? {} : { q }), ...(tag === undefined ? {} : { tag }) });
}
