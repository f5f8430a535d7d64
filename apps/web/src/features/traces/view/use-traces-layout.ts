import { useMemo, useState } from 'react';
import { z } from 'zod';
import { readStored, writeStored } from '../../../lib/stored-value.ts';
import type { AddressView } from '../../../lib/use-address-view.ts';
import type { TracesView } from './traces-view.ts';

/** How a person likes the page where its address says nothing. */
const Preferences = z.object({ form: z.boolean(), facets: z.boolean() });
type Preferences = z.infer<typeof Preferences>;

const DEFAULTS: Preferences = { form: true, facets: true };

function keyOf(orgId: string): string {
  return `aegis.traces.${orgId}`;
}

/** What stands around the list. Changes are kept in this browser, and in the address, so that saved views have them. */
export interface TracesLayout extends Readonly<Preferences> {
  readonly toggleForm: () => void;
  readonly toggleFacets: () => void;
}

/** The page's layout. */
export function useTracesLayout(
  orgId: string,
  { view: { form, facets }, now, change }: AddressView<TracesView>,
): TracesLayout {
  const [, drawAgain] = useState(0);
  const stored = readStored(keyOf(orgId), Preferences, DEFAULTS);
  const shown = { form: form ?? stored.form, facets: facets ?? stored.facets };
  return useMemo(() => {
    const toggle = (what: keyof Preferences): void => {
      const last = readStored(keyOf(orgId), Preferences, DEFAULTS);
      const changed = !(now()[what] ?? last[what]);
      writeStored(keyOf(orgId), { ...last, [what]: changed });
      drawAgain((times) => times + 1);
      change({ [what]: changed }, true);
    };
    return {
      form: shown.form,
      facets: shown.facets,
      toggleForm: () => toggle('form'),
      toggleFacets: () => toggle('facets'),
    };
  }, [orgId, shown.form, shown.facets, now, change]);
}
