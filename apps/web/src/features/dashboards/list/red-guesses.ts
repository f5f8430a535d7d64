/** The first name that the first pattern matches, else the second …, else the first of all. */
function firstMatch(names: readonly string[], patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const found = names.find((name) => pattern.test(name));
    if (found !== undefined) {
      return found;
    }
  }
  return names[0];
}

/** Which counter counts requests, by its name. */
export function likelyRequests(counters: readonly string[]): string {
  return (
    firstMatch(counters, [
      /^http_(?:server_)?requests?_total$/,
      /http.*requests?.*_total$/,
      /requests?_total$/,
      /calls_total$/,
    ]) ?? ''
  );
}

/** Which histogram has requests' durations, by its name. */
export function likelyDurations(histograms: readonly string[]): string {
  return firstMatch(histograms, [/^http.*duration_seconds$/, /request.*duration/, /duration/, /latency/]) ?? '';
}

/** Which label names a service. */
export function likelyLabel(labels: readonly string[]): string {
  return firstMatch(labels, [/^service(?:_name)?$/, /^(?:app|job)$/, /service/]) ?? '';
}

/** What tells failed requests apart, by the labels that instrumentations use; the likeliest first. */
export function errorMatchers(labels: readonly string[]): readonly string[] {
  const known = ['status', 'status_code', 'http_status_code', 'http_response_status_code', 'code']
    .filter((label) => labels.includes(label))
    .map((label) => `${label}=~"5.."`);
  const others = [
    ...(labels.includes('grpc_code') ? ['grpc_code!="OK"'] : []),
    ...(labels.includes('error') ? ['error!=""'] : []),
    ...(labels.includes('outcome') ? ['outcome!~"SUCCESS|success"'] : []),
  ];
  return [...known, ...others];
}
