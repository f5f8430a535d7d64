import { AegisError, type DashboardContent } from '@aegisguard/model';

/** Of a dashboard as JSON. Grafana's largest published ones have 300 kB. */
const CONTENT_BYTES_MAX = 1_000_000;
/** What PostgreSQL cannot keep in JSON: NUL and halves of surrogate pairs. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/** Throws `invalid-request`, naming the field, for a text that cannot be kept, and for a dashboard that is too large. */
export function demandStorable(content: DashboardContent, message: string): void {
  const found = unstorablePath({ ...content, message }, '');
  if (found !== undefined) {
    const problem = 'A text has a NUL or half a surrogate pair.';
    const errors = [{ path: found, message: problem }];
    throw new AegisError('invalid-request', { detail: `${found}: ${problem}`, members: { errors } });
  }
  const bytes = Buffer.byteLength(JSON.stringify(content));
  if (bytes > CONTENT_BYTES_MAX) {
    throw new AegisError('invalid-request', {
      detail: `A dashboard has at most ${CONTENT_BYTES_MAX} bytes of JSON, with all that was left out filled in; this one has ${bytes}.`,
      members: { limit: CONTENT_BYTES_MAX },
    });
  }
}

/** The JSON Pointer of the first such text. The schema's own shape bounds the depth. */
function unstorablePath(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') {
    return UNSTORABLE.test(value) ? path : undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (const [name, member] of Object.entries(value)) {
    const found = unstorablePath(member, `${path}/${name}`);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
