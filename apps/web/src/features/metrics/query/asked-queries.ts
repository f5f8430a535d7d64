import type { MetricsView } from '../view/metrics-view.ts';

/** A query as the server is asked it. */
export interface AskedQuery {
  readonly ref: string;
  readonly query: string;
  readonly legend: string;
}

/** What is asked of a view: the queries that are shown, variables filled in by `fill`, formulas written out. */
export async function askedQueries(
  queries: MetricsView['queries'],
  fill: (text: string) => string,
): Promise<readonly (AskedQuery | { readonly ref: string; readonly error: unknown })[]> {
  const written = queries.filter(({ text }) => text.trim() !== '');
  const filled = new Map(written.map(({ ref, text }) => [ref, fill(text)]));
  // The parser is needed for formulas alone.
  const { substituteFormula } = written.some(({ isFormula }) => isFormula)
    ? await import('./substitute-formula.ts')
    : { substituteFormula: (formula: string) => formula };
  return written
    .filter(({ isHidden }) => !isHidden)
    .map(({ ref, isFormula, legend }) => {
      const text = filled.get(ref) ?? '';
      const others = new Map([...filled].filter(([each]) => each !== ref));
      try {
        return { ref, legend, query: isFormula ? substituteFormula(text, others) : text };
      } catch (error) {
        return { ref, error };
      }
    });
}
