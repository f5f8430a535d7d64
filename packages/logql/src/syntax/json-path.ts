// Places in a JSON object: https://grafana.com/docs/loki/latest/query/log_queries/#json
const PATH_LENGTH_MAX = 1000;
const STEP = /\.?(?<field>[^\s.[\]"`]+)|\[(?:(?<index>\d{1,9})|"(?<key>(?:[^"\\]|\\["\\])*)")\]/y;

/** Reads `response.headers["User-Agent"][0]`: names of members and numbers of elements; undefined when the text is no such path. */
export function parseJsonPath(text: string): readonly (string | number)[] | undefined {
  if (text === '' || text.startsWith('.') || text.length > PATH_LENGTH_MAX) {
    return undefined;
  }
  const steps: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const at = STEP.lastIndex;
    const groups = STEP.exec(text)?.groups;
    const { field, index, key } = groups ?? {};
    const isDotMissing = field !== undefined && at > 0 && text.charAt(at) !== '.';
    if (groups === undefined || isDotMissing) {
      return undefined;
    }
    steps.push(field ?? (index === undefined ? (key ?? '').replaceAll(/\\(.)/g, '$1') : Number(index)));
  }
  return steps;
}
