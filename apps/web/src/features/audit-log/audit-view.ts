import { AUDIT_ACTIONS, type AuditAction } from '@aegisguard/model';
import { parseRangeParameters, type ResolvedRange, type TimeRange } from '../../lib/time-range.ts';

/** The log is read for weeks rather than for hours. */
export const AUDIT_RANGE: TimeRange = { from: 'now-30d', to: 'now' };

/** Which entries are looked at. */
export interface AuditFilters {
  readonly action: AuditAction | undefined;
  /** The id of a person or key. */
  readonly actor: string | undefined;
  /** An object's id. */
  readonly target: string | undefined;
  readonly text: string | undefined;
  /** One entry by its number, whenever it was written. */
  readonly seq: number | undefined;
}

/** Everything that a link to the page reproduces. */
export interface AuditView extends AuditFilters {
  readonly range: TimeRange;
}

/** No filter at all. */
export const NO_FILTERS: AuditFilters = {
  action: undefined,
  actor: undefined,
  target: undefined,
  text: undefined,
  seq: undefined,
};

const ACTIONS = Object.keys(AUDIT_ACTIONS) as AuditAction[];

function textOf(parameters: URLSearchParams, name: string): string | undefined {
  const text = parameters.get(name)?.trim();
  return text === '' ? undefined : text;
}

/** The action of this name, if there is one. */
export function readAction(text: string | null): AuditAction | undefined {
  return ACTIONS.find((action) => action === text);
}

/** Reads a view from the address; what is missing or makes no sense is as in the default view. */
export function parseAuditView(parameters: URLSearchParams): AuditView {
  const seq = parameters.get('seq') ?? '';
  return {
    range: parseRangeParameters(parameters.get('from') ?? AUDIT_RANGE.from, parameters.get('to')),
    action: readAction(parameters.get('action')),
    actor: textOf(parameters, 'actor'),
    target: textOf(parameters, 'target'),
    text: textOf(parameters, 'q'),
    seq: /^[1-9]\d{0,14}$/.test(seq) ? Number(seq) : undefined,
  };
}

/** Writes a view as parameters of the address; what is as in the default view is left out. */
export function printAuditView({ range, action, actor, target, text, seq }: AuditView): URLSearchParams {
  const entries: readonly (readonly [string, string | undefined])[] = [
    ['from', range.from === AUDIT_RANGE.from ? undefined : range.from],
    ['to', range.to === AUDIT_RANGE.to ? undefined : range.to],
    ['action', action],
    ['actor', actor],
    ['target', target],
    ['q', text],
    ['seq', seq === undefined ? undefined : String(seq)],
  ];
  return new URLSearchParams(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Whether anything but the time is narrowed. */
export function isFiltered({ action, actor, target, text, seq }: AuditFilters): boolean {
  return [action, actor, target, text, seq].some((each) => each !== undefined);
}

/** The question as the API understands it. One entry is looked for whatever the time. */
export function askedEntries(
  { action, actor, target, text, seq }: AuditFilters,
  range: ResolvedRange,
): Readonly<{
  start?: string;
  end?: string;
  action?: AuditAction;
  actor?: string;
  target?: string;
  q?: string;
  seq?: number;
}> {
  if (seq !== undefined) {
    return { seq };
  }
  return {
    start: new Date(range.startMs).toISOString(),
    end: new Date(range.endMs).toISOString(),
    ...(action === undefined ? {} : { action }),
    ...(actor === undefined ? {} : { actor }),
    ...(target === undefined ? {} : { target }),
    ...(text === undefined ? {} : { q: text }),
  };
}
