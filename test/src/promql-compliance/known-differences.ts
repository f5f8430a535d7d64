/** Queries that the versions of Prometheus answer otherwise, and why. We do as 3.x; Debian has 2.42. */
const KNOWN: readonly { readonly query: RegExp; readonly reason: string }[] = [
  {
    query: /^label_(?:replace|join)\(.*"~invalid"/,
    reason: 'since 3.0 a label may have any name in UTF-8, so "~invalid" is one',
  },
];

/** Why a query may be answered otherwise than by Prometheus 2.42; undefined where it may not. */
export function knownReason(query: string): string | undefined {
  return KNOWN.find((known) => known.query.test(query))?.reason;
}
