const HEX_ID = /^[0-9a-f]{0,32}$/i;

/** Whether an id is one of a trace or a span, which says nothing of anybody; what else stands in its place is a text like others. */
export function isHexId(id: string): boolean {
  return HEX_ID.test(id);
}
