// https://protobuf.dev/programming-guides/json/
import type { JsonObject, JsonValue } from '@aegisguard/model';

/** A field by either of its two names; `null` counts as absent. */
export function memberOf(message: JsonObject, camel: string, snake: string): JsonValue | undefined {
  return message[camel] ?? message[snake] ?? undefined;
}
