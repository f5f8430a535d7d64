import { useMemo, useState } from 'react';
import { z } from 'zod';
import { readStored, writeStored } from '../../../lib/stored-value.ts';
import type { AddressView } from '../../../lib/use-address-view.ts';
import { FIELDS_MAX, type TracesView } from './traces-view.ts';

/** How a person likes the page where its address says nothing. */
const Preferences = z.object({
  form: z.boolean(),
  facets: z.boolean(),
  fields: z.array(z.string()).max(FIELDS_MAX).default([]),
});
type Preferences = z.infer<typeof Preferences>;

const DEFAULTS: Preferences = { form: true, facets: true, fields: [] };

function keyOf(orgId: string): string {
  return `aegis.traces.${orgId}`;
}

/** What stands around the list. Changes are kept in this browser, and in the address, so that saved views have them. */
export interface TracesLayout {
  readonly form: boolean;
  readonly facets: boolean;
  /** Fields that are facets besides the usual ones. */
  readonly fields: readonly string[];
  readonly toggleForm: () => void;
  readonly toggleFacets: () => void;
  /** Makes a field a facet, or no more. */
  readonly toggleField: (field: string) => void;
}

/** The page's layout. */
export function useTracesLayout(
  orgId: string,
  { view: { form, facets, fields }, now, change }: AddressView<TracesView>,
): TracesLayout {
  const [, drawAgain] = useState(0);
  const stored = readStored(keyOf(orgId), Preferences, DEFAULTS);
  const shown = { form: form ?? stored.form, facets: facets ?? stored.facets };
  // The same list while it says the same.
  const shownFields = (fields ?? stored.fields).join('\n');
  return useMemo(() => {
    const set = (changedOf: (last: Preferences) => Partial<Preferences>): void => {
      const last = readStored(keyOf(orgId), Preferences, DEFAULTS);
      const changed = changedOf(last);
      writeStored(keyOf(orgId), { ...last, ...changed });
      drawAgain((times) => times + 1);
      change(changed, true);
    };
    const toggle = (what: 'form' | 'facets'): void => set((last) => ({ [what]: !(now()[what] ?? last[what]) }));
    return {
      form: shown.form,
      facets: shown.facets,
      fields: shownFields === '' ? [] : shownFields.split('\n'),
      toggleForm: () => toggle('form'),
      toggleFacets: () => toggle('facets'),
      toggleField: (field) =>
        set((last) => {
          const before = now().fields ?? last.fields;
          const without = before.filter((each) => each !== field);
          return { fields: without.length < before.length ? without : [...before, field].slice(-FIELDS_MAX) };
        }),
    };
  }, [orgId, shown.form, shown.facets, shownFields, now, change]);
}
