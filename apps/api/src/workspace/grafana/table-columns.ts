// https://grafana.com/docs/grafana/latest/panels-visualizations/query-transform-data/transform-data/
import type { PanelOptions, TableColumn } from '@aegisguard/model';
import { cut, type LooseObject, listOf, numberOf, objectOf, objectsOf, textOf } from './loose-json.ts';
import { type KnownName, namedOverrides } from './named-overrides.ts';
import type { Note } from './remarks.ts';
import { decimalsOf, unitOf } from './units.ts';
import { mappingsOf } from './value-mappings.ts';

/** Which columns a table shows. */
type TableColumns = Pick<PanelOptions, 'columns' | 'hasOtherColumns' | 'sortBy' | 'isSortedDown'>;

const COLUMNS_MAX = 200;
const FIELD_CHARS_MAX = 500;
const TITLE_CHARS_MAX = 200;

/** `pod 2` is the second column of the name `pod`, after tables were joined. */
const NUMBERED = /^(.+) \d+$/;
/** `Value #A (lastNotNull)`, after values were grouped. */
const REDUCED = / \((?:last|lastNotNull|first|firstNotNull|max|min|mean|sum|count|range|allValues|uniqueValues)\)$/;

/** What several transformations, one after the other, leave of a table's columns. */
class ColumnChoice {
  readonly #titles = new Map<string, string>();
  readonly #places = new Map<string, number>();
  readonly #hidden = new Set<string>();
  #only: ReadonlySet<string> | undefined;
  sort: { readonly field: string; readonly isDown: boolean } | undefined;

  /** What is meant by a name of Grafana's: a field by its own name, or by the one that it was given. */
  field(name: string): string {
    const plain = name.replace(REDUCED, '');
    const named = [...this.#titles].find(([, title]) => title === plain || title === name)?.[0];
    return named ?? plain.replace(/^Value #(?=\w+$)/, 'Value ');
  }

  rename(field: string, title: string): void {
    this.#titles.set(field, title);
  }

  place(name: string, place: number): void {
    this.#places.set(this.field(name), place);
  }

  hide(name: string): void {
    this.#hidden.add(this.field(name));
  }

  /** Nothing but these, of what was left. */
  keep(names: readonly string[]): void {
    const fields = names.map((name) => this.field(name));
    const before = this.#only;
    this.#only = new Set(before === undefined ? fields : fields.filter((field) => before.has(field)));
  }

  get hasOthers(): boolean {
    return this.#only === undefined;
  }

  /** The columns that were named, from the left. */
  fields(): readonly { readonly field: string; readonly title: string; readonly isHidden: boolean }[] {
    const all = new Set([...this.#places.keys(), ...this.#titles.keys(), ...(this.#only ?? []), ...this.#hidden]);
    const placeOf = (field: string) => this.#places.get(field) ?? Number.POSITIVE_INFINITY;
    return [...all]
      .filter((field) => field !== '' && field !== 'Time' && (this.#only?.has(field) ?? true))
      .sort((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)))
      .map((field) => ({ field, title: this.#titles.get(field) ?? '', isHidden: this.#hidden.has(field) }));
  }
}

/** The columns of a table: what its transformations leave of them, with what its overrides say of each. */
export function tableColumnsOf(panel: LooseObject, note: Note): TableColumns {
  const choice = new ColumnChoice();
  for (const { id, options, disabled } of objectsOf(panel.transformations)) {
    // Labels of a query in the format of a table are fields already.
    const isDone = id === 'labelsToFields' && isOfTables(panel);
    if (disabled !== true && !isDone && !transform(choice, textOf(id), objectOf(options))) {
      note(
        `the transformation “${textOf(id)}”`,
        'Tables show the values of their queries, in columns that can be chosen.',
      );
    }
  }
  const columns = new Map<string, TableColumn>(
    choice
      .fields()
      .map(({ field, title, isHidden }) => [
        field,
        { ...plainColumn(field), title: cut(title, TITLE_CHARS_MAX), isHidden },
      ]),
  );
  for (const { name, properties } of namedOverrides(panel, columnNames([...columns.values()]), note)) {
    const field = choice.field(name);
    const column = columns.get(field) ?? plainColumn(field);
    if (choice.hasOthers || columns.has(field)) {
      columns.set(field, overridden(column, properties, note));
    }
  }
  const [sortBy] = objectsOf(objectOf(panel.options).sortBy);
  const sort =
    sortBy === undefined
      ? choice.sort
      : { field: choice.field(textOf(sortBy.displayName)), isDown: sortBy.desc === true };
  if (columns.size > COLUMNS_MAX) {
    note('columns', `A table has at most ${COLUMNS_MAX} of its own; the others were left out.`);
  }
  return {
    columns: [...columns.values()].slice(0, COLUMNS_MAX),
    hasOtherColumns: choice.hasOthers,
    sortBy: cut(sort?.field ?? '', FIELD_CHARS_MAX),
    isSortedDown: sort?.isDown ?? false,
  };
}

/** What columns are called. */
function columnNames(columns: readonly TableColumn[]): readonly KnownName[] {
  return columns.map(({ field, title }) => ({ name: title || field, ref: field.replace(/^Value /, '') }));
}

function isOfTables({ targets }: LooseObject): boolean {
  return objectsOf(targets).every(({ format }) => format === 'table');
}

function plainColumn(field: string): TableColumn {
  return { field: cut(field, FIELD_CHARS_MAX), title: '', isHidden: false, unit: null, decimals: null, mappings: [] };
}

/** Joining needs nothing here: queries' values stand in one line where what is shown beside them is alike. */
const JOINING: ReadonlySet<string> = new Set(['merge', 'joinByField', 'seriesToColumns']);

/** Does what a transformation of Grafana does with columns; false for one that there is not here. */
function transform(choice: ColumnChoice, id: string, options: LooseObject): boolean {
  switch (id) {
    case 'organize':
      organize(choice, options);
      return true;
    case 'groupBy': {
      const fields = Object.entries(objectOf(options.fields));
      choice.keep(fields.filter(([, field]) => textOf(objectOf(field).operation) !== '').map(([name]) => name));
      return true;
    }
    case 'filterFieldsByName': {
      const { names, pattern } = objectOf(options.include);
      const excluded = objectOf(options.exclude);
      if (Array.isArray(names)) {
        choice.keep(names.map(textOf));
      }
      for (const name of listOf(excluded.names)) {
        choice.hide(textOf(name));
      }
      return textOf(pattern) + textOf(excluded.pattern) === '';
    }
    case 'labelsToFields': {
      const kept = listOf(options.keepLabels).map(textOf);
      if (kept.length > 0) {
        choice.keep([...kept, 'Value']);
      }
      return options.mode !== 'rows';
    }
    case 'sortBy': {
      const [first] = objectsOf(options.sort);
      choice.sort =
        first === undefined ? undefined : { field: choice.field(textOf(first.field)), isDown: first.desc === true };
      return true;
    }
    default:
      return JOINING.has(id);
  }
}

function organize(
  choice: ColumnChoice,
  { excludeByName, indexByName, renameByName, includeByName }: LooseObject,
): void {
  const excluded = objectOf(excludeByName);
  const included = Object.entries(objectOf(includeByName)).filter(([, is]) => is === true);
  if (included.length > 0) {
    choice.keep(included.map(([name]) => name));
  }
  for (const [name, is] of Object.entries(excluded)) {
    const [, base] = NUMBERED.exec(name) ?? [];
    // What is said of `pod 2` holds for `pod` where nothing is said of that.
    if (is === true && (base === undefined || excluded[base] === undefined)) {
      choice.hide(base ?? name);
    }
  }
  for (const [name, place] of Object.entries(objectOf(indexByName))) {
    choice.place(name, numberOf(place) ?? 0);
  }
  // Which fields are meant is found before any of them has its new name.
  const renamed = Object.entries(objectOf(renameByName)).map(
    ([name, title]) => [choice.field(name), textOf(title)] as const,
  );
  for (const [field, title] of renamed) {
    if (title !== '') {
      choice.rename(field, title);
    }
  }
}

/** Properties that say how wide a column is and the like. */
const OF_NO_WEIGHT = /^custom\.(?:width|minWidth|align|cellOptions|displayMode|filterable|inspect|wrapText)$/;

function overridden(
  column: TableColumn,
  properties: readonly { readonly id: string; readonly value: unknown }[],
  note: Note,
): TableColumn {
  const changed = { ...column };
  for (const { id, value } of properties) {
    switch (id) {
      case 'unit':
        changed.unit = unitOf(value, note);
        break;
      case 'decimals':
        changed.decimals = decimalsOf(value);
        break;
      case 'displayName':
        changed.title = cut(textOf(value), TITLE_CHARS_MAX);
        break;
      case 'mappings':
        changed.mappings = mappingsOf(value, note);
        break;
      case 'custom.hidden':
        changed.isHidden = value === true;
        break;
      default:
        if (!OF_NO_WEIGHT.test(id)) {
          note(`the override of “${id}” of a column`, 'Columns have a title, a unit, decimals and mappings.');
        }
    }
  }
  return changed;
}

/** The columns of a table of before Grafana 7. */
export function oldTableColumnsOf({ styles, columns }: LooseObject, note: Note): TableColumns {
  const named = objectsOf(styles).flatMap((style) => {
    const pattern = textOf(style.pattern);
    // Every table has these two: dates, and all that is left.
    if (style.type === 'date' || pattern === '/.*/') {
      return [];
    }
    if (/^\/.*\/$/.test(pattern)) {
      note('styles of columns by regular expressions', 'There are those for one name.');
      return [];
    }
    const field = pattern.replace(/^Value #(?=\w+$)/, 'Value ');
    return field === '' || field === 'Time' ? [] : [oldColumn(field, style, note)];
  });
  if (listOf(columns).length > 0) {
    note('a choice of calculations', 'One value of each series is shown.');
  }
  return { columns: named.slice(0, COLUMNS_MAX), hasOtherColumns: true, sortBy: '', isSortedDown: false };
}

function oldColumn(field: string, { alias, type, unit, decimals }: LooseObject, note: Note): TableColumn {
  const isNumber = type === 'number';
  return {
    ...plainColumn(field),
    title: cut(textOf(alias), TITLE_CHARS_MAX),
    isHidden: type === 'hidden',
    unit: isNumber && textOf(unit) !== '' ? unitOf(unit, note) : null,
    decimals: isNumber ? decimalsOf(decimals) : null,
  };
}
