// Counts what must only ever become fewer and compares with ratchet.json: node scripts/ratchet.ts
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type SourceFile, sourceFiles } from './source-files.ts';

/** What is counted, as patterns of program text. Put together from parts so that this file does not count itself. */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  any: /(?<=(?::|<|\bas|\|)\s*)any\b(?=\s*(?:[[\])>,;=|&){]|$))/gm,
  suppressions: new RegExp(
    ['biome' + '-ignore', '@ts' + '-ignore', '@ts' + '-expect-error', '@ts' + '-nocheck'].join('|'),
    'g',
  ),
  todo: new RegExp(`\\b(?:${'TO' + 'DO'}|${'FIX' + 'ME'})\\b`, 'g'),
};

/** Where each kind occurs, as `path:line`. */
export function countOccurrences(files: readonly SourceFile[]): Map<string, string[]> {
  return new Map(
    Object.entries(PATTERNS).map(([kind, pattern]) => [
      kind,
      files.flatMap((file) =>
        [...file.text.matchAll(pattern)].map(
          (match) => `${file.path}:${file.text.slice(0, match.index).split('\n').length}`,
        ),
      ),
    ]),
  );
}

/** Sentences for every count that is not the allowed one: more is a step back, fewer must be written down so that it stays. */
export function compareWithRatchet(
  found: ReadonlyMap<string, readonly string[]>,
  allowed: Readonly<Record<string, number>>,
): string[] {
  return [...found].flatMap(([kind, places]) => {
    const limit = allowed[kind] ?? 0;
    if (places.length > limit) return [`${kind}: ${places.length}, allowed are ${limit}: ${places.join(', ')}`];
    return places.length < limit ? [`${kind}: only ${places.length} left; write that into ratchet.json`] : [];
  });
}

if (import.meta.main) {
  const root = new URL('../', import.meta.url);
  const allowed = JSON.parse(readFileSync(new URL('ratchet.json', root), 'utf8'));
  const problems = compareWithRatchet(countOccurrences(sourceFiles(fileURLToPath(root))), allowed);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
