import {
  AegisError,
  DASHBOARD_COLUMNS,
  DashboardContent,
  type DashboardPanel,
  type NewDashboard,
  type NewPanel,
  type PanelGrid,
} from '@aegisguard/model';

/** Columns and rows that a panel gets which says nothing of where it is to lie. */
const SIZE = { w: DASHBOARD_COLUMNS / 2, h: 8 };
const ROW_SIZE = { w: DASHBOARD_COLUMNS, h: 1 };
const GRID_Y_MAX = 10_000;

/**
 * A dashboard as it is kept, of what a client sent: ids and refs that are missing are chosen, `query` becomes a PromQL query, panels without a place are put below the others, two beside each other. What cannot be
 * unique by the server's choice is the client's fault: `invalid-request`.
 */
export function completeDashboard(wanted: NewDashboard): DashboardContent {
  demandUnique(wanted);
  const ids = new Set(wanted.panels.flatMap(({ id }) => (id === undefined ? [] : [id])));
  const place = placer(wanted.panels);
  const panels = wanted.panels.map((panel) => completePanel(panel, freeId(panel, ids), place(panel)));
  // Leaves out what is no part of a dashboard, and brings members into the one order that versions are compared in.
  return DashboardContent.parse({ ...wanted, panels });
}

function completePanel({ query, ...panel }: NewPanel, id: string, grid: PanelGrid): DashboardPanel {
  const asked = query === undefined ? [] : [{ ...PLAIN_QUERY, query }];
  const refs = new Set(panel.queries.flatMap(({ ref }) => (ref === undefined ? [] : [ref])));
  const queries = [...asked, ...panel.queries].map((one) => ({ ...one, ref: freeRef(one.ref, refs) }));
  return { ...panel, id, grid, queries };
}

const PLAIN_QUERY = {
  ref: undefined,
  language: 'promql',
  legend: '',
  isHidden: false,
  isInstant: false,
  minStep: '',
} as const;

function freeId({ id }: NewPanel, taken: Set<string>): string {
  return id ?? take(taken, (count) => `panel-${count}`);
}

function freeRef(ref: string | undefined, taken: Set<string>): string {
  return ref ?? take(taken, refName);
}

/** The first name that is not taken, which it is afterwards. */
function take(taken: Set<string>, nameOf: (count: number) => string): string {
  let count = 1;
  while (taken.has(nameOf(count))) {
    count += 1;
  }
  const name = nameOf(count);
  taken.add(name);
  return name;
}

/** A … Z, then Q27 and so on. */
function refName(count: number): string {
  return count <= 26 ? String.fromCharCode(64 + count) : `Q${count}`;
}

/** Puts panels below those that have a place, from left to right. */
function placer(panels: readonly NewPanel[]): (panel: NewPanel) => PanelGrid {
  let y = Math.max(0, ...panels.flatMap(({ grid }) => (grid === undefined ? [] : [grid.y + grid.h])));
  let x = 0;
  let lineHeight = 0;
  return ({ grid, type }) => {
    if (grid !== undefined) {
      return { ...grid, w: Math.min(grid.w, DASHBOARD_COLUMNS - grid.x) };
    }
    const size = type === 'row' ? ROW_SIZE : SIZE;
    if (x + size.w > DASHBOARD_COLUMNS) {
      y += lineHeight;
      x = 0;
      lineHeight = 0;
    }
    const placed = { ...size, x, y: Math.min(y, GRID_Y_MAX) };
    x += size.w;
    lineHeight = Math.max(lineHeight, size.h);
    return placed;
  };
}

function demandUnique({ panels, variables }: NewDashboard): void {
  const errors = [
    ...repeated(panels.map(({ id }) => id)).map((at) => fault(`/panels/${at}/id`, 'Another panel has this id.')),
    ...panels.flatMap(({ queries, query }, panel) => [
      ...repeated(queries.map(({ ref }) => ref)).map((at) =>
        fault(`/panels/${panel}/queries/${at}/ref`, 'Another query of the panel has this ref.'),
      ),
      ...(query !== undefined && queries.length >= QUERIES_MAX
        ? [fault(`/panels/${panel}/query`, `A panel has at most ${QUERIES_MAX} queries.`)]
        : []),
    ]),
    ...repeated(variables.map(({ name }) => name)).map((at) =>
      fault(`/variables/${at}/name`, 'Another variable has this name.'),
    ),
  ];
  if (errors.length > 0) {
    const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
    throw new AegisError('invalid-request', { detail, members: { errors } });
  }
}

const QUERIES_MAX = 26;

/** The places of names that were there before. */
function repeated(names: readonly (string | undefined)[]): number[] {
  const seen = new Set<string>();
  return names.flatMap((name, at) => {
    const isAgain = name !== undefined && seen.has(name);
    if (name !== undefined) {
      seen.add(name);
    }
    return isAgain ? [at] : [];
  });
}

function fault(path: string, message: string) {
  return { path, message };
}
