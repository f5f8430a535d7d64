import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** What a first visit to one lazily loaded page transfers. */
interface FirstLoad {
  readonly page: string;
  readonly scriptBytes: number;
}

/** Every chunk that `file` needs before it can run, itself included. */
function staticClosure(file: string, chunks: ReadonlyMap<string, Rolldown.OutputChunk>, into: Set<string>): void {
  const chunk = chunks.get(file);
  if (chunk === undefined || into.has(file)) {
    return;
  }
  into.add(file);
  for (const imported of chunk.imports) {
    staticClosure(imported, chunks, into);
  }
}

function firstLoads(chunks: ReadonlyMap<string, Rolldown.OutputChunk>): FirstLoad[] {
  const sizes = new Map<string, number>();
  for (const [file, chunk] of chunks) {
    sizes.set(file, gzipSync(chunk.code).length);
  }
  return [...chunks.values()]
    .filter((chunk) => chunk.isEntry)
    .flatMap((entry) =>
      ['', ...entry.dynamicImports].map((page) => {
        const files = new Set<string>();
        staticClosure(entry.fileName, chunks, files);
        staticClosure(page, chunks, files);
        return {
          page: chunks.get(page)?.name ?? entry.name,
          scriptBytes: [...files].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0),
        };
      }),
    );
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/**
 * Prints what each page's first load weighs (gzipped JavaScript: the entry, the page and all that they import statically) and fails the build beyond the limit
 * of architecture.md, "Web".
 */
export function firstLoadBudget({ limitBytes }: { readonly limitBytes: number }): Plugin {
  return {
    name: 'first-load-budget',
    apply: 'build',
    writeBundle(_options, bundle) {
      const chunks = new Map(
        Object.values(bundle)
          .filter((output) => output.type === 'chunk')
          .map((chunk) => [chunk.fileName, chunk]),
      );
      const loads = firstLoads(chunks);
      for (const { page, scriptBytes } of loads) {
        this.info(`first load of ${page}: ${kilobytes(scriptBytes)} gzipped (limit ${kilobytes(limitBytes)})`);
      }
      const over = loads.filter((load) => load.scriptBytes > limitBytes);
      if (over.length > 0) {
        this.error(
          `beyond the first-load limit of ${kilobytes(limitBytes)}: ${over.map((load) => load.page).join(', ')}`,
        );
      }
    },
  };
}
