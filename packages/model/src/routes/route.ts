import type { z } from 'zod';
import type { AuditAction } from '../audit-actions.ts';
import type { ErrorCode } from '../error-table.ts';
import type { IngestScope, Permission } from '../permissions.ts';

/**
 * Who may call a route: anybody; a signed-in person, whatever the organization; a person who did not come in through one organization's identity provider, which must have no power over what
 * belongs to the person alone; such a person, or who holds the token of a login that still needs a second factor, which the handler checks; who has the permission in the organization; a key that may write.
 */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'person' }
  | { readonly kind: 'own-session' }
  | { readonly kind: 'half-login' }
  | { readonly kind: 'permission'; readonly permission: Permission }
  | { readonly kind: 'ingest'; readonly scope: IngestScope };

/** An HTTP method that routes use. */
export type RouteMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One route of the HTTP API: what the server checks, what the OpenAPI document says and what the web application calls are all made from this.
 */
export interface Route {
  /** The operation's id in the OpenAPI document, unique. */
  readonly id: string;
  readonly method: RouteMethod;
  /** With `:name` for parameters. */
  readonly path: string;
  /** The group in the documentation. */
  readonly tag: string;
  /** One line. */
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  /**
   * What a call leaves behind: nothing; a session (begun, renewed or ended); records; or a mutation, and the entry of the audit log that it writes.
   */
  readonly effect: 'read' | 'session' | 'ingest' | AuditAction;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The parameters of `query` may also come as the body, a form (`application/x-www-form-urlencoded`); what stands there comes first. */
  readonly takesForm?: true;
  /** Other media types that the body may have, each with what it then holds. */
  readonly takes?: Readonly<Record<string, string>>;
  /** What a success answers; null for an empty one. A text names another media type than JSON. */
  readonly answer: z.ZodType | null | `${string}/${string}`;
  /** The status of a success; 101 where it is a websocket. */
  readonly status: 101 | 200 | 201 | 202 | 204 | 302;
  /** What it may answer beside that and problems, by status. */
  readonly otherAnswers?: Readonly<Record<number, { readonly description: string; readonly answer: z.ZodType | null }>>;
  /** Reads the refresh cookie. */
  readonly takesCookie?: true;
  /** What errors look like where they are no problem documents. A text names another media type than JSON. */
  readonly errorAnswer?: z.ZodType | `${string}/${string}`;
  /** Errors beyond those that any route may answer. */
  readonly problems?: readonly ErrorCode[];
}

/** Declares a route, keeping its exact type. */
export function defineRoute<const R extends Route>(route: R): R {
  return route;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Sent<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

/** What a route's handler gets, parsed. */
export interface Asked<R extends Route> {
  readonly params: Parsed<R['params']>;
  readonly query: Parsed<R['query']>;
  readonly body: Parsed<R['body']>;
}

/** What a client may send. */
export interface Asking<R extends Route> {
  readonly params: Sent<R['params']>;
  readonly query: Sent<R['query']>;
  readonly body: Sent<R['body']>;
}

/** What a route's handler gives; whatever it likes where the answer is empty or not JSON. */
export type AnswerOf<R extends Route> = R['answer'] extends z.ZodType ? z.input<R['answer']> : unknown;
