/** What is asked about a module of the build. */
interface Module {
  readonly isEntry: boolean;
  readonly code: string | null;
  readonly exports: readonly string[];
  /** Who imports it at once, not when it is needed. */
  readonly importers: readonly string[];
}

/** Modules that pass on what others export: who imports one of them wants a few of those, not all. */
const BARREL = /\/(?:lucide-react\/dist\/esm\/lucide-react\.\w+|packages\/model\/src\/index\.ts)$/;
const ICON = /\/lucide-react\/dist\/esm\/icons\/(?<name>[\w-]+)\.\w+$/;

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
    if (module !== null && !seen.has(next)) {
      seen.add(next);
      waiting.push(...usersOf(next, module, context));
    }
  }
  return null;
}

/** Who imports a module; through a barrel, only who writes one of its names. */
function usersOf(id: string, { exports, importers }: Module, context: { getModuleInfo(id: string): Module | null }) {
  const icon = ICON.exec(id)?.groups?.name?.replaceAll(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase());
  const names = icon === undefined ? exports.filter((name) => /^\w+$/.test(name)) : [icon];
  const named = new RegExp(`\\b(?:${names.join('|')})\\b`);
  return importers.flatMap((importer) =>
    BARREL.test(importer) && names.length > 0
      ? (context.getModuleInfo(importer)?.importers ?? []).filter((user) =>
          named.test(context.getModuleInfo(user)?.code ?? ''),
        )
      : [importer],
  );
}
