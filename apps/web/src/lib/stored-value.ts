import type { ZodType } from 'zod';

/** Reads a preference from localStorage; `fallback` when it is absent, unreadable or not of the schema's shape. */
export function readStored<T>(key: string, schema: ZodType<T>, fallback: T): T {
  try {
    const text = localStorage.getItem(key);
    return text === null ? fallback : (schema.safeParse(JSON.parse(text)).data ?? fallback);
  } catch {
    return fallback;
  }
}

/** Keeps a preference; a browser that forbids storage only forgets it. */
export function writeStored(key: string, value: unknown): void {
  try {
    if (value === undefined) {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, JSON.stringify(value));
    }
  } catch {
    // Private modes and full quotas throw; a preference is not worth an error.
  }
}
