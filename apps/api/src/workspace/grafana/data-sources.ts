import { type LooseObject, objectOf, objectsOf, textOf } from './loose-json.ts';

/** What a data source speaks; `formula` computes with other queries, undefined is not known from the dashboard. */
type SourceLanguage = 'promql' | 'logql' | 'formula' | 'other' | undefined;

/** A data source as a panel, query, variable or annotation names it. */
export interface Source {
  readonly language: SourceLanguage;
  /** For people. */
  readonly name: string;
}

const LANGUAGES: ReadonlyMap<string, SourceLanguage> = new Map([
  ['prometheus', 'promql'],
  ['grafana-amazonprometheus-datasource', 'promql'],
  ['victoriametrics-metrics-datasource', 'promql'],
  ['victoriametrics-datasource', 'promql'],
  ['loki', 'logql'],
  ['__expr__', 'formula'],
  // One's own choice per query, or none.
  ['mixed', undefined],
  ['', undefined],
]);

/** A reference to a variable: `$name`, `${name}`, `${name:format}`, `[[name]]`. */
const REFERENCE = /\$\{(\w+)(?::\w+)?\}|\$(\w+)|\[\[(\w+)(?::\w+)?\]\]/g;

/** Knows what the data sources of a dashboard are: by their types, or by the inputs and variables that stand for them. */
export class DataSources {
  /** Type of the plug-in by the name of the input or variable. */
  readonly #types = new Map<string, string>();

  constructor(dashboard: LooseObject) {
    for (const { type, name, pluginId } of objectsOf(dashboard.__inputs)) {
      if (type === 'datasource') {
        this.#types.set(textOf(name), textOf(pluginId));
      }
    }
    for (const { type, name, query } of objectsOf(objectOf(dashboard.templating).list)) {
      if (type === 'datasource') {
        this.#types.set(textOf(name), textOf(query));
      }
    }
  }

  /** The first of the references that says something: a query's own, then its panel's. */
  find(...references: readonly unknown[]): Source {
    const sources = references.map((reference) => this.#read(reference));
    return sources.find(({ language }) => language !== undefined) ?? { language: undefined, name: '' };
  }

  /** A text without references to data sources, of which there is but one here. */
  without(text: string): string {
    return text.replaceAll(REFERENCE, (whole, braced?: string, plain?: string, bracketed?: string) =>
      this.#types.has(braced ?? plain ?? bracketed ?? '') ? '' : whole,
    );
  }

  /** A title without them, and without the brackets that stood around one. */
  inTitle(text: string): string {
    const rest = this.without(text);
    return (rest === text ? text : rest.replaceAll(/\(\s*\)|\[\s*\]/g, '').replaceAll(/\s+/g, ' ')).trim();
  }

  /** Whether a text names a data source. */
  isIn(text: string): boolean {
    return this.without(text) !== text;
  }

  #read(reference: unknown): Source {
    const { type, uid } = objectOf(reference);
    const text = typeof reference === 'string' ? textOf(reference) : textOf(uid);
    const [, braced, plain, bracketed] = [...text.matchAll(REFERENCE)][0] ?? [];
    const name = textOf(type) || this.#types.get(braced ?? plain ?? bracketed ?? '') || ownName(text);
    return { language: LANGUAGES.has(name) ? LANGUAGES.get(name) : 'other', name };
  }
}

/** Grafana's own data sources; the name that somebody gave to one of theirs says nothing. */
function ownName(text: string): string {
  return text === '-- Grafana --' || text === 'grafana' || text === '-- Dashboard --'
    ? 'grafana'
    : text === '__expr__'
      ? '__expr__'
      : '';
}
