// https://www.w3.org/TR/trace-context/#trace-id
import type { LogStage } from '../stage.ts';

const CANONICAL = /^[0-9a-f]*$/;
const HEX = /^\s*(?:0x)?([0-9a-f]+(?:-[0-9a-f]+)*)\s*$/i;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ALL_ZERO = /^0+$/;

/** An id in the one form that joins logs with spans: lower-case hex. The all-zero id means "none". What is not hex stays as it was sent. */
function canonicalId(id: string): string {
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

/** Brings trace and span ids into one form: lower case, without `0x`, blanks around or a UUID's dashes. */
export const traceIds: LogStage = {
  name: 'trace-ids',
  apply(record) {
    record.traceId = canonicalId(record.traceId);
    record.spanId = canonicalId(record.spanId);
  },
};
