import type { TraceOverviewAnswer } from '@aegisguard/model';

/** What facets are made of, as TraceQL has it, and what people call it. Names of several editions of OpenTelemetry's conventions stand beside one another: those that no span has are not shown. https://opentelemetry.io/docs/specs/semconv/ */
export const FACET_FIELDS: readonly { readonly field: string; readonly title: string }[] = [
  { field: 'resource.service.name', title: 'Service' },
  { field: 'name', title: 'Operation' },
  { field: 'status', title: 'Status' },
  { field: 'kind', title: 'Kind' },
  { field: 'span.http.request.method', title: 'HTTP method' },
  { field: 'span.http.method', title: 'HTTP method' },
  { field: 'span.http.response.status_code', title: 'HTTP status' },
  { field: 'span.http.status_code', title: 'HTTP status' },
  { field: 'span.http.route', title: 'HTTP route' },
  { field: 'span.rpc.method', title: 'RPC method' },
  { field: 'span.db.system.name', title: 'Database' },
  { field: 'span.db.system', title: 'Database' },
  { field: 'span.messaging.system', title: 'Messaging' },
  { field: 'span.error.type', title: 'Error type' },
  { field: 'resource.service.version', title: 'Version' },
  { field: 'resource.deployment.environment.name', title: 'Environment' },
  { field: 'resource.deployment.environment', title: 'Environment' },
  { field: 'resource.k8s.namespace.name', title: 'Kubernetes namespace' },
  { field: 'resource.host.name', title: 'Host' },
];

/** What people call a field. */
export function facetTitle(field: string): string {
  return FACET_FIELDS.find((each) => each.field === field)?.title ?? field;
}

/** Facets with values that a search finds: those that are called so with all their values, and of the others the values that are. What was chosen is shown without values, too: it can be taken away. */
export function searchFacets(
  facets: TraceOverviewAnswer['facets'],
  search: string,
  chosen: readonly string[],
): TraceOverviewAnswer['facets'] {
  const wanted = search.trim().toLowerCase();
  return facets.flatMap((facet) => {
    if (facet.values.length === 0 && !chosen.includes(facet.field)) {
      return [];
    }
    if (`${facet.field} ${facetTitle(facet.field)}`.toLowerCase().includes(wanted)) {
      return [facet];
    }
    const values = facet.values.filter(({ value }) => String(value).toLowerCase().includes(wanted));
    return values.length === 0 ? [] : [{ ...facet, values }];
  });
}
