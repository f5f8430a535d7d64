import { AegisError } from '@aegisguard/model';

/**
 * SQLSTATE classes and codes after which the same request may succeed: connection trouble (08), no room (53), server stopping or starting (57P), statement or lock timeout,
 * deadlock, serialization, a standby that was promoted. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const PASSING = /^(?:08...|53...|57P0.|57014|55P03|40P01|40001|25006|25P03)$/;

/** What the socket says when there is no server. */
const UNREACHABLE = /^(?:ECONN|ENOTFOUND|ENOENT|EHOST|ENET|ETIMEDOUT|EPIPE|EAI_|EACCES)/;

/** Prisma's codes for: cannot reach, timed out, closed, pool or transaction timeout. https://www.prisma.io/docs/orm/reference/error-reference */
const PRISMA_PASSING = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037']);

/** What pg says without a code of its own (pg and pg-pool, `lib/client.js` and `index.js`). */
const PG_MESSAGE =
  /^(?:timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error)/;

/** The violation that a write ran into, if it was one. */
export type Violation = 'duplicate' | 'missing-reference';

/** Turns what pg or Prisma threw into what callers expect: trouble that passes becomes `unavailable`, ours stays, the rest becomes `internal`. */
export function toAegisError(error: unknown): AegisError {
  if (error instanceof AegisError) {
    return error;
  }
  const passing = chain(error).some(isPassing);
  // Prisma's begin with an empty line and have more between.
  const said = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();
  const internal = `the accounts database: ${said}`;
  return passing
    ? new AegisError('unavailable', { internal, cause: error, retryAfterSeconds: 1 })
    : new AegisError('internal', { internal, cause: error });
}

/** Which constraint a write violated; undefined when it failed for another reason. */
export function violationOf(error: unknown): Violation | undefined {
  const codes = chain(error).map(codeOf);
  if (codes.some((code) => code === 'P2002' || code === '23505')) {
    return 'duplicate';
  }
  return codes.some((code) => code === 'P2003' || code === 'P2025' || code === '23503')
    ? 'missing-reference'
    : undefined;
}

function isPassing(link: object): boolean {
  const code = codeOf(link);
  if (code === undefined) {
    return link instanceof Error && PG_MESSAGE.test(link.message);
  }
  return PRISMA_PASSING.has(code) || UNREACHABLE.test(code) || PASSING.test(code);
}

/** The error and everything under it, nearest first: Prisma keeps the driver's error in `meta`, pg-pool and our own in `cause`. */
function chain(error: unknown): readonly object[] {
  const links: object[] = [];
  let next: unknown = error;
  while (typeof next === 'object' && next !== null && links.length < 8) {
    links.push(next);
    next = member(member(next, 'meta'), 'driverAdapterError') ?? member(next, 'cause');
  }
  return links;
}

function codeOf(link: object): string | undefined {
  const code = member(link, 'originalCode') ?? member(link, 'code');
  return typeof code === 'string' ? code : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
