import type { AnswerOf, Asked, Route, RouteMethod } from '@aegisguard/model';
import {
  applyDecorators,
  createParamDecorator,
  Delete,
  type ExecutionContext,
  Get,
  HttpCode,
  Patch,
  Post,
  Put,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACCESS_RULE } from './access.ts';
import { withForm } from './form-body-parser.ts';

export const ROUTE = Symbol('route');

const METHODS: Readonly<Record<RouteMethod, (path: string) => MethodDecorator>> = {
  GET: Get,
  POST: Post,
  PUT: Put,
  PATCH: Patch,
  DELETE: Delete,
};

declare const OF: unique symbol;

/** An answer that a handler has written itself, because it is large: its JSON text, or the same in another media type. Only its word says what is in it. */
export type Written<Answer> = (string | Uint8Array) & { readonly [OF]?: Answer };

/** Sends a text as what it is. */
export function written<Answer>(reply: FastifyReply, json: string): Written<Answer> {
  // Fastify would take a text for plain text.
  void reply.header('content-type', 'application/json; charset=utf-8');
  return json as Written<Answer>;
}

/** Sends bytes as what they are. */
export function encoded<Answer>(reply: FastifyReply, mediaType: string, bytes: Uint8Array): Written<Answer> {
  void reply.header('content-type', mediaType);
  return bytes;
}

/** What a handler of the route may give. */
type Handled<R extends Route> = AnswerOf<R> | Written<AnswerOf<R>>;
type Handler<R extends Route> = (...parameters: never[]) => Handled<R> | Promise<Handled<R>>;

/** Binds a controller's method to a route of the table: path, method, status and access come from there, and what it answers is checked by the compiler. The controller itself has no path. */
export function Serves<R extends Route>(route: R) {
  return <H extends Handler<R>>(
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    const all = applyDecorators(
      METHODS[route.method](route.path),
      HttpCode(route.status),
      SetMetadata(ACCESS_RULE, route.access),
      SetMetadata(ROUTE, route),
    );
    all(target, name, descriptor);
  };
}

const reflector = new Reflector();

/** The route's parameters, query and body, each parsed by its schema: `Asked<typeof ROUTES.createKey>`. What a route does not declare is undefined. */
export const TheRequest = createParamDecorator((_: unknown, context: ExecutionContext): Asked<Route> => {
  const route = reflector.get<Route | undefined>(ROUTE, context.getHandler());
  if (route === undefined) {
    throw new TypeError('only a handler of a route of the table has a parsed request');
  }
  const { params, query, body } = context.switchToHttp().getRequest<FastifyRequest>();
  return {
    params: route.params?.parse(params),
    query: route.query?.parse(route.takesForm === true ? withForm(query, body) : query),
    body: route.body?.parse(body ?? {}),
  } as Asked<Route>;
});
