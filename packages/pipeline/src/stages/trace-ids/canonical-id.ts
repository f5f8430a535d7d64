// https://www.w3.org/TR/trace-context/#trace-id

const CANONICAL = /^[0-9a-f]*$/;
const HEX = /^\s*(?:0x)?([0-9a-f]+(?:-[0-9a-f]+)*)\s*$/i;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ALL_ZERO = /^0+$/;

/** An id in the one form that joins logs with spans: lower-case hex. The all-zero id means "none". What is not hex stays as it was sent. */
export function canonicalId(id: string): string {
  const hex = CANONICAL.test(id) ? id : hexOf(id);
  return hex.charCodeAt(0) === 48 && ALL_ZERO.test(hex) ? '' : hex;
}

function hexOf(id: string): string {
  const digits = HEX.exec(id)?.[1];
  if (digits === undefined) {
    return id;
  }
  // Only a UUID's dashes are decoration; elsewhere they may tell two ids apart.
  if (digits.includes('-') && !UUID.test(digits)) {
    return id;
  }
  return digits.replaceAll('-', '').toLowerCase();
}
