import type { FastifyRequest } from 'fastify';

const USER_AGENT_CHARS_MAX = 500;

/** Where a request comes from, as sessions and the audit log keep it. */
export interface RequestPlace {
  readonly ip: string;
  readonly userAgent: string | null;
  readonly requestId: string;
}

/** Where a request comes from. */
export function placeOf({ ip, headers, id }: FastifyRequest): RequestPlace {
  return { ip, userAgent: headers['user-agent']?.slice(0, USER_AGENT_CHARS_MAX) ?? null, requestId: id };
}
