import { AegisError, NewPanel, type PanelGrid } from '@aegisguard/model';
import type { DataSources } from './data-sources.ts';
import type { FoundPanel } from './find-panels.ts';
import { type ImportedQuery, importQueries } from './import-queries.ts';
import { cut, type LooseObject, listOf, objectOf, textOf } from './loose-json.ts';
import { graphOptions, singleStatOptions } from './old-panel-options.ts';
import { optionsOf, type SomeOptions } from './panel-options.ts';
import type { Note, Remarks } from './remarks.ts';
import { oldTableColumnsOf } from './table-columns.ts';

type PanelType = NewPanel['type'];

const TITLE_CHARS_MAX = 500;
const DESCRIPTION_CHARS_MAX = 5000;
const TEXT_CHARS_MAX = 50_000;

/** Grafana's types of panels and what they are here. Some lose something, which is said. */
const TYPES: ReadonlyMap<string, PanelType> = new Map([
  ['timeseries', 'timeseries'],
  ['graph', 'timeseries'],
  ['stat', 'stat'],
  ['singlestat', 'stat'],
  ['gauge', 'gauge'],
  ['bargauge', 'bar'],
  ['barchart', 'bar'],
  ['piechart', 'bar'],
  ['grafana-piechart-panel', 'bar'],
  ['table', 'table'],
  ['table-old', 'table'],
  ['heatmap', 'heatmap'],
  ['heatmap-new', 'heatmap'],
  ['logs', 'logs'],
  ['text', 'text'],
  ['row', 'row'],
]);

/** A panel of a dashboard, and what of it could not be carried over. */
export function importPanel(
  { panel: found, grid }: FoundPanel,
  dashboard: LooseObject,
  sources: DataSources,
  remarks: Remarks,
): NewPanel {
  const panel = withModel(found, dashboard);
  const title = cut(sources.inTitle(textOf(panel.title)), TITLE_CHARS_MAX);
  const note = remarks.of(title);
  noteLost(panel, note);
  // Rows of Grafana may hold an empty query.
  const queries = panel.type === 'row' ? [] : importQueries(panel, sources, note, remarks.of(null));
  const { type, options } = typeAndOptions(panel, queries, note);
  const description = sources.without(textOf(panel.description));
  if (description.length > DESCRIPTION_CHARS_MAX) {
    note('the end of the description', `It has at most ${DESCRIPTION_CHARS_MAX} characters.`);
  }
  const text = sources.without(options.text ?? '');
  const repeat = textOf(panel.repeat);
  return parsed({
    type,
    title,
    description: cut(description, DESCRIPTION_CHARS_MAX),
    grid,
    queries,
    repeat: /^\w{1,100}$/.test(repeat) ? repeat : '',
    options: { ...options, text: cut(text, TEXT_CHARS_MAX), isCollapsed: type === 'row' && panel.collapsed === true },
  });
}

/** What is built here fits the schema; a panel that does not is refused as what its client sent, and never stored. */
function parsed(
  panel: { readonly grid: PanelGrid; readonly options: SomeOptions } & Record<string, unknown>,
): NewPanel {
  const result = NewPanel.safeParse(panel);
  if (!result.success) {
    const where = result.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new AegisError('invalid-request', { detail: `A panel could not be read (${where}).` });
  }
  return result.data;
}

/** A library panel's own content, where the dashboard was exported with it. */
function withModel(panel: LooseObject, { __elements }: LooseObject): LooseObject {
  const { uid } = objectOf(panel.libraryPanel);
  const elements = objectOf(__elements);
  const name = textOf(uid);
  const { model } = Object.hasOwn(elements, name) ? objectOf(elements[name]) : {};
  return model === undefined ? panel : { ...objectOf(model), gridPos: panel.gridPos };
}

function typeAndOptions(
  panel: LooseObject,
  queries: readonly ImportedQuery[],
  note: Note,
): { readonly type: PanelType; readonly options: SomeOptions } {
  const theirs = textOf(panel.type);
  const type = TYPES.get(theirs);
  switch (theirs) {
    case 'graph':
      return { type: 'timeseries', options: graphOptions(panel, note) };
    case 'singlestat': {
      const isGauge = objectOf(panel.gauge).show === true;
      return { type: isGauge ? 'gauge' : 'stat', options: singleStatOptions(panel, note) };
    }
    case 'table-old':
      return { type: 'table', options: oldTableColumnsOf(panel, note) };
    case 'table':
      // Before Grafana 7 that was its name, too.
      return {
        type: 'table',
        options: panel.styles === undefined ? optionsOf(panel, note) : oldTableColumnsOf(panel, note),
      };
    case 'text':
      return { type: 'text', options: { text: textPanelText(panel, note) } };
    case 'row':
      return { type: 'row', options: {} };
    case 'piechart':
    case 'grafana-piechart-panel':
      note('a pie chart', 'It is shown as bars.');
      return { type: 'bar', options: optionsOf(panel, note) };
    case 'barchart':
      note('a bar chart of categories', 'It is shown as a bar for each series.');
      return { type: 'bar', options: optionsOf(panel, note) };
    default:
      return type === undefined ? replacement(panel, queries, note) : { type, options: optionsOf(panel, note) };
  }
}

/** A panel of text in the place of what there is not here. It keeps the queries, for whoever gives it another type. */
function replacement(panel: LooseObject, queries: readonly ImportedQuery[], note: Note) {
  const { libraryPanel } = panel;
  const what =
    libraryPanel === undefined
      ? `a panel of the type “${textOf(panel.type)}”`
      : 'a library panel, which is not part of the export';
  note(what, 'There is no such panel here; a text says what was there.');
  const asked = queries.map(({ query }) => `\n\n${indented(query)}`);
  const text = `In Grafana there is ${what} in this place.${asked.length > 0 ? ' It asks:' : ''}${asked.join('')}`;
  return { type: 'text', options: { text } } as const;
}

/** A block of code in Markdown, whatever is in it. */
function indented(code: string): string {
  return code
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

function textPanelText(panel: LooseObject, note: Note): string {
  const options = objectOf(panel.options);
  const mode = textOf(options.mode) || textOf(panel.mode);
  const text = textOf(options.content) || textOf(panel.content);
  if (mode === 'html') {
    note('HTML', 'Texts are Markdown; the HTML is shown as it is written.');
  }
  if (text.length > TEXT_CHARS_MAX) {
    note('the end of the text', `A text has at most ${TEXT_CHARS_MAX} characters.`);
  }
  return mode === 'code' ? indented(text) : text;
}

/** Members of panels that mean something and have nothing of the kind here. */
const LOST: readonly (readonly [is: (panel: LooseObject) => boolean, what: string, reason: string])[] = [
  [
    ({ type, transformations }) => type !== 'table' && listOf(transformations).length > 0,
    'transformations',
    'Panels that are no tables show what queries give.',
  ],
  [({ links }) => listOf(links).length > 0, 'links', 'Panels have no links.'],
  [({ alert }) => Object.keys(objectOf(alert)).length > 0, 'an alert', 'Alerts do not belong to panels here.'],
  [
    ({ timeFrom, timeShift }) => textOf(timeFrom) + textOf(timeShift) !== '',
    'a time of its own',
    'Panels show the time of the dashboard.',
  ],
  [
    ({ options }) => objectOf(objectOf(options).footer).show === true,
    'the footer of a table',
    'Tables show what queries give.',
  ],
  [({ repeatDirection }) => repeatDirection === 'v', 'repeating downwards', 'Repeated panels lie beside each other.'],
];

function noteLost(panel: LooseObject, note: Note): void {
  for (const [is, what, reason] of LOST) {
    if (is(panel)) {
      note(what, reason);
    }
  }
}
