import type { LogFacetsAnswer } from '@aegisguard/model';

type Facet = LogFacetsAnswer['facets'][number];

/** Pinned labels in their order, those without a value among them, and behind them the others as they came. Loki's name for the service says nothing that `service` does not. */
export function orderFacets(
  pins: readonly string[],
  pinned: readonly Facet[],
  usual: readonly Facet[],
): readonly Facet[] {
  const known = new Map([...usual, ...pinned].map((facet) => [facet.label, facet]));
  return [
    ...pins.map((label) => known.get(label) ?? { label, values: [], hasMore: false, isEstimate: false }),
    ...usual.filter(({ label }) => !pins.includes(label) && !(label === 'service_name' && known.has('service'))),
  ];
}

/** Facets that a search finds: those that are called so with all their values, and of the others the values that are. */
export function searchFacets(facets: readonly Facet[], search: string): readonly Facet[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') {
    return facets;
  }
  return facets.flatMap((facet) => {
    if (facet.label.toLowerCase().includes(wanted)) {
      return [facet];
    }
    const values = facet.values.filter(({ value }) => value.toLowerCase().includes(wanted));
    return values.length === 0 ? [] : [{ ...facet, values }];
  });
}
