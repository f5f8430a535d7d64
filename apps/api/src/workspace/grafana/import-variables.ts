// https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/
import { DashboardVariable } from '@aegisguard/model';
import type { DataSources } from './data-sources.ts';
import { cut, type LooseObject, listOf, numberOf, objectOf, objectsOf, textOf } from './loose-json.ts';
import type { Note } from './remarks.ts';
import { regexOf } from './variable-regex.ts';

const VARIABLES_MAX = 50;
const OPTIONS_MAX = 500;
const OPTION_CHARS_MAX = 500;
const QUERY_CHARS_MAX = 10_000;
const HIDDEN = 2;

/** What there is of a query here. */
const QUERY_FORM = /^\s*(?:label_values|label_names|metrics|query_result)\s*\(.*\)\s*$/s;

/** The dashboard's variables; those for data sources go, with a remark, as do kinds that there are not here. */
export function importVariables(dashboard: LooseObject, sources: DataSources, note: Note): DashboardVariable[] {
  const inputs = constantsOf(dashboard);
  const names = new Set<string>();
  const variables = objectsOf(objectOf(dashboard.templating).list).flatMap((theirs) => {
    const wanted = importVariable(theirs, inputs, sources, note);
    const parsed = DashboardVariable.safeParse(wanted);
    const name = textOf(theirs.name);
    if (wanted !== undefined && (!parsed.success || names.has(name))) {
      note(`the variable “${name}”`, 'Its name cannot be used or is there already. It was left out.');
    }
    if (!parsed.success || names.has(name)) {
      return [];
    }
    names.add(name);
    return [parsed.data];
  });
  if (variables.length > VARIABLES_MAX) {
    note('variables', `A dashboard has at most ${VARIABLES_MAX}; the others were left out.`);
  }
  return variables.slice(0, VARIABLES_MAX);
}

type Wanted = Partial<DashboardVariable> & { readonly name: string };

function importVariable(
  theirs: LooseObject,
  inputs: ReadonlyMap<string, string>,
  sources: DataSources,
  note: Note,
): Wanted | undefined {
  const name = textOf(theirs.name);
  const shape = {
    name,
    label: cut(textOf(theirs.label), 200),
    isMulti: theirs.multi === true,
    hasAll: theirs.includeAll === true,
    allValue: cut(textOf(theirs.allValue), 1000),
    current: currentOf(theirs),
    isHidden: numberOf(theirs.hide) === HIDDEN,
  };
  const constant = cut(constantOf(theirs, inputs), OPTION_CHARS_MAX);
  switch (theirs.type) {
    case 'query':
      return { ...shape, ...queryOf(theirs, sources, note) };
    case 'custom':
      return { ...shape, type: 'custom', options: customOptions(theirs, note), sort: 'none' };
    case 'interval':
      return { ...shape, ...intervalOf(theirs, shape.current, note) };
    case 'textbox':
      return { ...shape, type: 'text', current: shape.current.length > 0 ? shape.current : oneOf(constant) };
    case 'constant':
      return { ...shape, type: 'constant', query: constant, options: oneOf(constant), current: oneOf(constant) };
    case 'datasource':
      note(`the variable “${name}” of data sources`, 'All queries ask this organization’s telemetry.');
      return undefined;
    default:
      return saved(shape, theirs, `the variable “${name}” of the type “${textOf(theirs.type)}”`, note);
  }
}

function oneOf(value: string): string[] {
  return value === '' ? [] : [value];
}

function queryOf(theirs: LooseObject, sources: DataSources, note: Note): Partial<DashboardVariable> {
  const { language } = sources.find(theirs.datasource);
  const asked = textOf(theirs.query) || textOf(objectOf(theirs.query).query) || textOf(theirs.definition);
  const query = sources.without(asked);
  const what = `the query of the variable “${textOf(theirs.name)}”`;
  const isOurs = language === 'promql' || language === undefined;
  if (!isOurs || !QUERY_FORM.test(query) || query.length > QUERY_CHARS_MAX) {
    return saved({}, theirs, what, note) ?? { type: 'custom' };
  }
  const regex = regexOf(theirs.regex, textOf(theirs.name), note);
  return { type: 'query', query, regex, sort: SORTS.get(numberOf(theirs.sort) ?? 0) ?? 'none' };
}

/** By Grafana's numbers; cases and digits are not told apart in all the ways that it knows. */
const SORTS: ReadonlyMap<number, DashboardVariable['sort']> = new Map([
  [0, 'none'],
  [1, 'text'],
  [2, 'text-desc'],
  [3, 'number'],
  [4, 'number-desc'],
  [5, 'text'],
  [6, 'text-desc'],
  [7, 'text'],
  [8, 'text-desc'],
]);

/** The values that were there when the dashboard was saved, in the place of what cannot be asked here; undefined where there are none. */
function saved<Shape extends object>(shape: Shape, theirs: LooseObject, what: string, note: Note) {
  const values = [...savedOptions(theirs), ...currentOf(theirs)].filter((value) => !value.startsWith('$__'));
  const options = [...new Set(values)].slice(0, OPTIONS_MAX);
  const isKept = options.length > 0;
  note(what, isKept ? 'It offers the values that were saved.' : 'There is no such variable here.');
  return isKept ? { ...shape, type: 'custom' as const, options, sort: 'none' as const } : undefined;
}

function savedOptions({ options }: LooseObject): string[] {
  return objectsOf(options).flatMap(({ value }) => texts(value));
}

function currentOf({ current }: LooseObject): string[] {
  const { value, text, isNone } = objectOf(current);
  const isAll = value === undefined && (text === 'All' || listOf(text)[0] === 'All');
  return isNone === true ? [] : isAll ? ['$__all'] : texts(value).slice(0, OPTIONS_MAX);
}

/** The texts of a value that may be one or several; those that are too long to be one's choice are left out. */
function texts(value: unknown): string[] {
  const all = Array.isArray(value) ? value : [value];
  return all
    .map((one) => textOf(typeof one === 'number' ? String(one) : one))
    .filter((text) => text !== '' && text.length <= OPTION_CHARS_MAX);
}

/** `a, b, name : value`; a comma of a value has a backslash. */
function customOptions(theirs: LooseObject, note: Note): string[] {
  const name = textOf(theirs.name);
  if (theirs.valuesFormat === 'json') {
    note(`the values of the variable “${name}” as JSON`, 'It offers the values that were saved.');
    return savedOptions(theirs).slice(0, OPTIONS_MAX);
  }
  const parts = textOf(theirs.query).match(/(?:\\,|[^,])+/g) ?? [];
  const options = parts.map((part) => {
    const whole = part.trim();
    const colon = whole.search(/\s:\s/);
    const value = whole.slice(colon + 3).trim();
    if (colon !== -1 && whole.slice(0, colon).trim() !== value) {
      note(`names of values of the variable “${name}”`, 'The values themselves are offered.');
    }
    return (colon === -1 ? whole : value).replaceAll('\\,', ',');
  });
  const found = options.filter((option) => option !== '' && option.length <= OPTION_CHARS_MAX);
  return [...new Set(found.length > 0 ? found : savedOptions(theirs))].slice(0, OPTIONS_MAX);
}

function intervalOf(theirs: LooseObject, current: readonly string[], note: Note): Partial<DashboardVariable> {
  if (theirs.auto === true) {
    note(`the automatic step of the variable “${textOf(theirs.name)}”`, 'Queries can say `$__interval`.');
  }
  return {
    type: 'interval',
    options: customOptions(theirs, note).filter((option) => option !== 'auto'),
    current: current.filter((value) => !value.startsWith('$__')),
    sort: 'none',
  };
}

/** Constants that an export asks for when it is imported, by their names. */
function constantsOf({ __inputs }: LooseObject): ReadonlyMap<string, string> {
  const constants = objectsOf(__inputs).filter(({ type }) => type === 'constant');
  return new Map(constants.map(({ name, value }) => [textOf(name), textOf(value)]));
}

function constantOf({ query, current }: LooseObject, inputs: ReadonlyMap<string, string>): string {
  const text = textOf(query) || textOf(objectOf(current).value);
  const [, input] = /^\$\{(\w+)\}$/.exec(text) ?? [];
  return input === undefined ? text : (inputs.get(input) ?? text);
}
