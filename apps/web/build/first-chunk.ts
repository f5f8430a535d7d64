/** What is asked about a module of the build. */
interface Module {
  readonly isEntry: boolean;
  /** Who imports it at once, not when it is needed. */
  readonly importers: readonly string[];
}

/**
 * Names the one chunk for everything that the application needs before it can show any page. Left alone, the bundler makes a small chunk of each set of modules that the same pages share, and
 * many small files are 5 kB more than one when compressed.
 */
export function firstChunk(id: string, context: { getModuleInfo(id: string): Module | null }): string | null {
  const seen = new Set<string>();
  const waiting = [id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const module = context.getModuleInfo(next);
    if (module?.isEntry === true) {
      return 'first';
    }
    if (!seen.has(next)) {
      seen.add(next);
      waiting.push(...(module?.importers ?? []));
    }
  }
  return null;
}
