import type { JsonValue } from '@aegisguard/model';

/** True when arrays and objects are nested deeper than `depthMax`, as far as which it recurses. */
export function exceedsJsonDepth(value: JsonValue, depthMax: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  if (depthMax === 0) {
    return true;
  }
  if (Array.isArray(value)) {
    return value.some((element) => exceedsJsonDepth(element, depthMax - 1));
  }
  for (const key in value) {
    if (exceedsJsonDepth(value[key] ?? null, depthMax - 1)) {
      return true;
    }
  }
  return false;
}
