/** A trace's id has 16 bytes. */
const LENGTH_MAX = 32;

/** Whether an id is one of a trace or a span, which says nothing of anybody; what else stands in its place is a text like others. */
export function isHexId(id: string): boolean {
  if (id.length > LENGTH_MAX) {
    return false;
  }
  for (let at = 0; at < id.length; at += 1) {
    const char = id.charCodeAt(at);
    // In lower case: setting the bit changes no digit.
    const isHex = (char >= 48 && char <= 57) || ((char | 32) >= 97 && (char | 32) <= 102);
    if (!isHex) {
      return false;
    }
  }
  return true;
}
