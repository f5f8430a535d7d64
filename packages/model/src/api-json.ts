import { z } from 'zod';
import type { JsonObject, JsonValue } from './json.ts';

/** An object of any members, not walked through: answers hold thousands of them. */
export const JsonObjectView = z
  .custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  .meta({ type: 'object' });

/** Any JSON value, not walked through. */
export const JsonValueView = z.custom<JsonValue>((value) => value !== undefined);
