import type { Filter } from '../filter.ts';
import type { FormPart } from '../query-form.ts';

/** What most people ask for; it has a place of its own in the form. */
interface Slot {
  readonly label: string;
  readonly field: string;
  /** Of the field, as `fieldKey` has it. */
  readonly key: string;
}

/** In the order of the form. */
const SLOTS: readonly Slot[] = [
  { label: 'Service', field: 'resource.service.name', key: 'resource.service.name' },
  { label: 'Operation', field: 'name', key: ':name' },
  { label: 'Status', field: 'status', key: ':status' },
  { label: 'Kind', field: 'kind', key: ':kind' },
  { label: 'Duration', field: 'duration', key: ':duration' },
];

/** Of spans that have none above them; https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/#intrinsic-fields */
export const ROOTS_ONLY: Filter = { field: 'nestedSetParent', op: '<', value: '0' };

/** A part of the form with its place among the query's conditions. */
export interface PlacedPart {
  readonly part: FormPart;
  readonly index: number;
}

/** Conditions by slot, and the others. */
export interface FormLayout {
  readonly slots: readonly { readonly slot: Slot; readonly parts: readonly PlacedPart[] }[];
  /** The condition that only root spans are meant. */
  readonly roots: PlacedPart | undefined;
  readonly others: readonly PlacedPart[];
}

function isRoots({ key, filter }: FormPart): boolean {
  return key === ':nested-set-parent' && filter?.op === ROOTS_ONLY.op && filter.value === ROOTS_ONLY.value;
}

/** Puts conditions where people look for them. */
export function layOut(parts: readonly FormPart[]): FormLayout {
  const placed = parts.map((part, index) => ({ part, index }));
  const keys = new Set(SLOTS.map(({ key }) => key));
  const roots = placed.find(({ part }) => isRoots(part));
  return {
    slots: SLOTS.map((slot) => ({ slot, parts: placed.filter(({ part }) => part.key === slot.key) })),
    roots,
    others: placed.filter((each) => each !== roots && !keys.has(each.part.key ?? '')),
  };
}
