/** A label that is a column; without a width it is as wide as suits its label. */
export interface ColumnSetting {
  readonly name: string;
  readonly widthPx?: number;
}

/** Columns of a view; more could not be read side by side. */
export const COLUMNS_MAX = 20;

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,255}$/;
const WIDTH_MIN_PX = 40;
const WIDTH_MAX_PX = 1200;

/** Separates a name from its width; no label contains it. */
const WIDTH_SEPARATOR = '.';

/** The columns of a view that says nothing of them. */
export const DEFAULT_COLUMNS: readonly ColumnSetting[] = [{ name: 'level' }, { name: 'service' }];

/** The nearest width that a column may have. */
function boundWidth(px: number): number {
  return Math.round(Math.min(WIDTH_MAX_PX, Math.max(WIDTH_MIN_PX, px)));
}

function parseColumn(text: string): ColumnSetting | undefined {
  const [name = '', width] = text.split(WIDTH_SEPARATOR);
  if (!NAME.test(name)) {
    return undefined;
  }
  return width !== undefined && /^\d{1,5}$/.test(width) ? { name, widthPx: boundWidth(Number(width)) } : { name };
}

/** Reads `level,service.120`: each label once, what is none left out. */
export function parseColumns(text: string | null): readonly ColumnSetting[] {
  if (text === null) {
    return DEFAULT_COLUMNS;
  }
  const columns = new Map<string, ColumnSetting>();
  for (const column of text.split(',').flatMap((part) => parseColumn(part) ?? [])) {
    if (!columns.has(column.name)) {
      columns.set(column.name, column);
    }
  }
  return [...columns.values()].slice(0, COLUMNS_MAX);
}

/** Writes columns as `parseColumns` reads them. */
export function printColumns(columns: readonly ColumnSetting[]): string {
  return columns
    .map(({ name, widthPx }) => (widthPx === undefined ? name : `${name}${WIDTH_SEPARATOR}${widthPx}`))
    .join(',');
}

/** Shows a label as the last column, or shows it no more. */
export function toggleColumn(columns: readonly ColumnSetting[], name: string): readonly ColumnSetting[] {
  const rest = columns.filter((column) => column.name !== name);
  return rest.length < columns.length ? rest : [...columns, { name }].slice(0, COLUMNS_MAX);
}

/** Puts a column to another place among the others. */
export function moveColumn(columns: readonly ColumnSetting[], name: string, place: number): readonly ColumnSetting[] {
  const moved = columns.find((column) => column.name === name);
  const rest = columns.filter((column) => column.name !== name);
  return moved === undefined ? columns : rest.toSpliced(Math.max(0, Math.min(place, rest.length)), 0, moved);
}

/** Gives a column a width. */
export function resizeColumn(columns: readonly ColumnSetting[], name: string, px: number): readonly ColumnSetting[] {
  return columns.map((column) => (column.name === name ? { name, widthPx: boundWidth(px) } : column));
}
