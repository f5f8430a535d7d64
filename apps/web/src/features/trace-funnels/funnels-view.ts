import { FUNNEL_STEPS_MAX, type TraceFunnelRequest } from '@aegisguard/model';
import { parseRefresh, type RefreshSeconds } from '../../lib/refresh-seconds.ts';
import { DEFAULT_RANGE, parseRangeParameters, type TimeRange } from '../../lib/time-range.ts';

/** A step as the form has it; what is not said is empty. */
export interface FunnelStep {
  readonly name: string;
  readonly service: string;
  readonly operation: string;
  /** TraceQL. */
  readonly query: string;
  readonly errorsOnly: boolean;
}

/** Everything that a link to the page reproduces. */
export interface FunnelsView {
  /** At least two. */
  readonly steps: readonly FunnelStep[];
  readonly range: TimeRange;
  readonly refresh: RefreshSeconds;
  /** The step whose traces are listed, from 1 on; undefined: those of the whole funnel. */
  readonly at: number | undefined;
}

/** A step of which nothing is said. */
export const EMPTY_STEP: FunnelStep = { name: '', service: '', operation: '', query: '', errorsOnly: false };

const STEPS_MIN = 2;

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The members that a step has in an address; what makes no sense is as if it were not said. */
function parseStep(text: string): FunnelStep {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said !== 'object' || said === null) {
      return EMPTY_STEP;
    }
    const { name, service, operation, query, errorsOnly } = said as Readonly<Record<string, unknown>>;
    return {
      name: textOf(name),
      service: textOf(service),
      operation: textOf(operation),
      query: textOf(query),
      errorsOnly: errorsOnly === true,
    };
  } catch {
    return EMPTY_STEP;
  }
}

/** What is said of a step, as it is asked for and as an address has it. */
export function saidOfStep({ name, service, operation, query, errorsOnly }: FunnelStep) {
  return {
    ...(name === '' ? {} : { name }),
    ...(service === '' ? {} : { service }),
    ...(operation === '' ? {} : { operation }),
    ...(query.trim() === '' ? {} : { query }),
    ...(errorsOnly ? { errorsOnly } : {}),
  } satisfies Partial<TraceFunnelRequest['steps'][number]>;
}

/** Whether enough is said of a step that spans can be of it. */
export function isTold({ service, operation, query, errorsOnly }: FunnelStep): boolean {
  return service !== '' || operation !== '' || query.trim() !== '' || errorsOnly;
}

/** Reads the view; what is missing or makes no sense is as in the default view. */
export function parseFunnelsView(parameters: URLSearchParams): FunnelsView {
  const given = parameters.getAll('step').slice(0, FUNNEL_STEPS_MAX).map(parseStep);
  const missing = Array.from({ length: Math.max(0, STEPS_MIN - given.length) }, () => EMPTY_STEP);
  const steps = [...given, ...missing];
  const at = Number(parameters.get('at'));
  return {
    steps,
    range: parseRangeParameters(parameters.get('from'), parameters.get('to')),
    refresh: parseRefresh(parameters.get('refresh')),
    at: Number.isInteger(at) && at >= 1 && at <= steps.length ? at : undefined,
  };
}

/** Writes it; what is as in the default view is left out. */
export function printFunnelsView({ steps, range, refresh, at }: FunnelsView): URLSearchParams {
  const isDefault = steps.length === STEPS_MIN && steps.every((step) => !isTold(step) && step.name === '');
  const told = isDefault ? [] : steps;
  return new URLSearchParams([
    ...told.map((step) => ['step', JSON.stringify(saidOfStep(step))]),
    ...(range.from === DEFAULT_RANGE.from ? [] : [['from', range.from]]),
    ...(range.to === DEFAULT_RANGE.to ? [] : [['to', range.to]]),
    ...(refresh === 0 ? [] : [['refresh', String(refresh)]]),
    ...(at === undefined ? [] : [['at', String(at)]]),
  ]);
}

/** How a step is called: by its name, else by what is said of it. */
export function nameOfStep({ name, service, operation, query, errorsOnly }: FunnelStep): string {
  const parts = [service, operation].filter((part) => part !== '');
  const said = parts.length > 0 ? parts.join(' · ') : query.trim();
  return name !== '' ? name : said !== '' ? said : errorsOnly ? 'any error' : 'any span';
}
