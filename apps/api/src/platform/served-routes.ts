import { ALL_ROUTES, type Route } from '@aegisguard/model';
import type { Type } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants';
import { ROUTE } from './serves.ts';

/** The routes that controllers serve. Throws for a handler that is not bound to a route of the table by `@Serves`, and for two that serve the same one. */
export function servedRoutes(controllers: readonly Type[]): ReadonlySet<Route> {
  const served = new Set<Route>();
  for (const controller of controllers) {
    for (const [name, handler] of handlersOf(controller)) {
      const route = Reflect.getMetadata(ROUTE, handler) as Route | undefined;
      if (route === undefined || !ALL_ROUTES.includes(route)) {
        throw new TypeError(`${controller.name}.${name} serves no route of the table (packages/model/src/routes)`);
      }
      if (served.has(route)) {
        throw new TypeError(
          `${route.method} ${route.path} is served twice, the second time by ${controller.name}.${name}`,
        );
      }
      served.add(route);
    }
  }
  return served;
}

function handlersOf(controller: Type): (readonly [string, object])[] {
  return Object.entries(Object.getOwnPropertyDescriptors(controller.prototype)).flatMap(([name, { value }]) =>
    typeof value === 'function' && Reflect.hasMetadata(METHOD_METADATA, value) ? [[name, value] as const] : [],
  );
}
