import { AegisError, type ErrorCode } from '@aegisguard/model';

// https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
const CODES: Readonly<Record<string, ErrorCode>> = {
  TIMEOUT_EXCEEDED: 'query-timeout',
  TOO_SLOW: 'query-timeout',
  SOCKET_TIMEOUT: 'unavailable',
  MEMORY_LIMIT_EXCEEDED: 'query-too-large',
  TOO_MANY_ROWS: 'query-too-large',
  TOO_MANY_BYTES: 'query-too-large',
  TOO_MANY_ROWS_OR_BYTES: 'query-too-large',
  TOO_BIG_AST: 'query-too-large',
  TOO_DEEP_AST: 'query-too-large',
  TOO_DEEP_RECURSION: 'query-too-large',
  QUERY_WAS_CANCELLED: 'query-cancelled',
  QUERY_WAS_CANCELLED_BY_CLIENT: 'query-cancelled',
  ABORTED: 'unavailable',
  CANNOT_COMPILE_REGEXP: 'invalid-query',
  REGEXP_IS_TOO_COMPLEX: 'query-not-runnable',
  TOO_MANY_PARTS: 'unavailable',
  TOO_MANY_SIMULTANEOUS_QUERIES: 'unavailable',
  NOT_ENOUGH_SPACE: 'unavailable',
  CANNOT_WRITE_TO_FILE_DESCRIPTOR: 'unavailable',
  NETWORK_ERROR: 'unavailable',
  TABLE_IS_READ_ONLY: 'unavailable',
  KEEPER_EXCEPTION: 'unavailable',
  UNKNOWN_DATABASE: 'unavailable',
  UNKNOWN_TABLE: 'unavailable',
};

/** Node's codes for a server that cannot be reached or a disk that is full. */
const SYSTEM_CODE = /^(?:E[A-Z]+|UND_ERR_[A-Z_]+)$/;

/** What was being done: an insert that runs into a bound may succeed later, a query will not. */
export type EngineWork = 'query' | 'insert' | 'command';

/**
 * Turns what an engine threw into ours. The engine's words quote statements, and those hold values of logs and queries: they reach neither the client nor, by `internal` or
 * `cause`, our own log; of an error that is not known by its name, only the beginning does.
 */
export function engineError(thrown: unknown, work: EngineWork): AegisError {
  if (thrown instanceof AegisError) {
    return thrown;
  }
  const { type, code, message } = parts(thrown);
  // The engine as a whole is out of memory: the same query may succeed once others have ended.
  const isCrowded = type === 'MEMORY_LIMIT_EXCEEDED' && message.includes('(total) memory limit exceeded');
  const known = isCrowded ? 'unavailable' : isTooLong(type, message) ? 'query-too-large' : codeOf(type);
  if (known !== undefined) {
    const internal = `ClickHouse ${work} failed: ${type}`;
    return work === 'query'
      ? new AegisError(known, { internal, ...publicDetail(known, message) })
      : new AegisError(PASSING.has(known) ? 'unavailable' : known, { internal });
  }
  if (type === undefined && (isSystemCode(code) || /timeout error|socket hang up|is closed/i.test(message))) {
    return new AegisError('unavailable', { internal: `ClickHouse ${work} failed: ${String(code ?? message)}` });
  }
  return new AegisError('internal', { internal: `ClickHouse ${work} failed: ${type ?? ''} ${beginning(message)}` });
}

const TOO_MUCH: ReadonlySet<ErrorCode> = new Set(['query-timeout', 'query-too-large']);

/** Whether less of the same may succeed: a statement was too large or took too long, or the engine's memory was full, which the statement itself may have done. */
export function isTooMuch(thrown: unknown): boolean {
  return parts(thrown).type === 'MEMORY_LIMIT_EXCEEDED' || TOO_MUCH.has(engineError(thrown, 'query').code);
}

function codeOf(type: string | undefined): ErrorCode | undefined {
  return type === undefined ? undefined : CODES[type];
}

/** A statement longer than the engine reads is one that it cannot parse; values of logs in it make it so, those of a log's neighbours for example. */
function isTooLong(type: string | undefined, message: string): boolean {
  return type === 'SYNTAX_ERROR' && message.includes('Max query size exceeded');
}

const BEGINNING_LENGTH_MAX = 120;

/** What a message says before it quotes. */
function beginning(message: string): string {
  return (message.split(/: In scope |: While |: \(?while /, 1)[0] ?? '').slice(0, BEGINNING_LENGTH_MAX);
}

const PASSING: ReadonlySet<ErrorCode> = new Set(['query-timeout', 'query-too-large', 'query-cancelled', 'unavailable']);

function isSystemCode(code: unknown): boolean {
  return typeof code === 'string' && SYSTEM_CODE.test(code);
}

function parts(thrown: unknown): { type: string | undefined; code: unknown; message: string } {
  if (!(thrown instanceof Error)) {
    return { type: undefined, code: undefined, message: String(thrown) };
  }
  const { type, code } = thrown as Error & { type?: unknown; code?: unknown };
  // chdb puts text before the engine's, which hides the type from the client's parser.
  const named = /DB::Exception: [\s\S]*\(([A-Z_]+)\)/.exec(thrown.message)?.[1];
  return { type: typeof type === 'string' ? type : named, code, message: thrown.message };
}

// RE2's complaint is about the client's own expression, so it may be told.
function publicDetail(code: ErrorCode, message: string): { detail?: string } {
  const complaint =
    code === 'invalid-query' ? /cannot compile re2: ([\s\S]*?, error: [^.\n]*)/.exec(message)?.[1] : undefined;
  return complaint === undefined ? {} : { detail: `The regular expression is not valid: ${complaint}` };
}
