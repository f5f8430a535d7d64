import type { PanelQuery } from '@aegisguard/model';
import type { DataSources, Source } from './data-sources.ts';
import { cut, type LooseObject, objectsOf, textOf } from './loose-json.ts';
import type { Note } from './remarks.ts';

/** A query whose ref may have to be chosen. */
export type ImportedQuery = Omit<PanelQuery, 'ref'> & { readonly ref?: string };

const QUERIES_MAX = 26;
const QUERY_CHARS_MAX = 50_000;
const LEGEND_CHARS_MAX = 500;
const MIN_STEP_CHARS_MAX = 100;
const REF = /^[A-Za-z][A-Za-z0-9_]{0,31}$/;

/** What a panel asks; queries of data sources that there are not here are left out with a remark. */
export function importQueries(
  panel: LooseObject,
  sources: DataSources,
  note: Note,
  noteOfDashboard: Note,
): ImportedQuery[] {
  const refs = new Set<string>();
  const queries = objectsOf(panel.targets).flatMap((target) => {
    const source = sources.find(target.datasource, panel.datasource);
    const query = importQuery(target, source, panel, note);
    if (query === undefined) {
      return [];
    }
    if (sources.isIn(query.query)) {
      note('the name of the data source in a query', 'All queries ask this organization’s telemetry.');
    }
    noteLost(target, note, noteOfDashboard);
    const ref = textOf(target.refId);
    const isFree = REF.test(ref) && !refs.has(ref);
    refs.add(ref);
    return [{ ...query, legend: cut(sources.without(query.legend), LEGEND_CHARS_MAX), ...(isFree ? { ref } : {}) }];
  });
  if (queries.length > QUERIES_MAX) {
    note('queries', `A panel has at most ${QUERIES_MAX} queries; the others were left out.`);
  }
  return queries.slice(0, QUERIES_MAX);
}

function importQuery(target: LooseObject, source: Source, panel: LooseObject, note: Note): ImportedQuery | undefined {
  const shape = {
    legend: legendOf(target.legendFormat),
    isHidden: target.hide === true,
    isInstant: isInstant(target),
    minStep: cut((textOf(target.interval) || textOf(panel.interval)).trim(), MIN_STEP_CHARS_MAX),
  };
  if (source.language === 'formula') {
    const formula = formulaOf(target);
    if (formula === undefined) {
      note('an expression', `Expressions of the type “${textOf(target.type)}” are not computed here.`);
    }
    return formula === undefined ? undefined : { ...shape, language: 'formula', query: formula };
  }
  const query = textOf(target.expr);
  if (source.language === 'other' || (query === '' && isOfAnother(target))) {
    const name = source.name || 'another data source';
    note('a query', `It is for ${name}; there are PromQL and LogQL here. It was left out.`);
    return undefined;
  }
  if (query.trim() === '') {
    return undefined;
  }
  if (query.length > QUERY_CHARS_MAX) {
    note('a query', `It is longer than ${QUERY_CHARS_MAX} characters, and was left out.`);
    return undefined;
  }
  return { ...shape, language: source.language ?? (panel.type === 'logs' ? 'logql' : 'promql'), query };
}

/** What queries of other data sources are called in. */
function isOfAnother(target: LooseObject): boolean {
  return ['rawSql', 'query', 'target', 'rawQuery', 'measurement', 'queryText', 'metricName', 'namespace'].some(
    (name) => target[name] !== undefined && target[name] !== '',
  );
}

function legendOf(format: unknown): string {
  const text = textOf(format);
  return text === '__auto' ? '' : text;
}

function isInstant({ instant, range, queryType }: LooseObject): boolean {
  return (instant === true && range !== true) || queryType === 'instant';
}

/** Grafana's mathematics of `$A` and numbers. https://grafana.com/docs/grafana/latest/panels-visualizations/query-transform-data/expression-queries/ */
function formulaOf({ type, expression }: LooseObject): string | undefined {
  const formula = textOf(expression)
    .replaceAll(/\$\{([A-Za-z]\w*)\}|\$([A-Za-z]\w*)/g, (_, braced?: string, plain?: string) => braced ?? plain ?? '')
    .trim();
  return type === 'math' && /^[\w\s.+\-*/%()^]{1,5000}$/.test(formula) ? formula : undefined;
}

function noteLost({ intervalFactor, exemplar }: LooseObject, note: Note, noteOfDashboard: Note): void {
  if (typeof intervalFactor === 'number' && intervalFactor > 1) {
    note('a factor of the step', 'Steps follow the width of the panel and the range.');
  }
  if (exemplar === true) {
    // Grafana asks for them by itself; once is enough.
    noteOfDashboard('exemplars', 'Panels do not show them; the explorer does.');
  }
}
