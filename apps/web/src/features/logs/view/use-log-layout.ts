import { useMemo, useState } from 'react';
import { z } from 'zod';
import { readStored, writeStored } from '../../../lib/stored-value.ts';
import type { LogsViewControl } from './use-logs-view.ts';
import { togglePin } from './view-pins.ts';

/** How a person likes the page where its address says nothing. */
const Preferences = z.object({ chips: z.boolean(), facets: z.boolean(), pins: z.array(z.string().max(256)).max(20) });
type Preferences = z.infer<typeof Preferences>;

const DEFAULTS: Preferences = { chips: true, facets: true, pins: [] };

function keyOf(orgId: string): string {
  return `aegis.logs.${orgId}`;
}

/** What stands around the rows. Changes are kept in this browser, and in the address, so that saved views have them. */
export interface LogLayout extends Readonly<Preferences> {
  readonly toggleChips: () => void;
  readonly toggleFacets: () => void;
  readonly togglePin: (label: string) => void;
}

/** The page's layout: what its address says, else what was chosen last. */
export function useLogLayout(orgId: string, { view, adjust }: LogsViewControl): LogLayout {
  const { chips, facets, pins } = view;
  const [stored, setStored] = useState(() => ({ orgId, is: readStored(keyOf(orgId), Preferences, DEFAULTS) }));
  if (stored.orgId !== orgId) {
    setStored({ orgId, is: readStored(keyOf(orgId), Preferences, DEFAULTS) });
  }
  const { is } = stored;
  return useMemo(() => {
    const now: Preferences = { chips: chips ?? is.chips, facets: facets ?? is.facets, pins: [...(pins ?? is.pins)] };
    const change = (changed: Partial<Preferences>): void => {
      const next = { ...is, ...changed };
      setStored({ orgId, is: next });
      writeStored(keyOf(orgId), next);
      adjust(changed);
    };
    return {
      ...now,
      toggleChips: () => change({ chips: !now.chips }),
      toggleFacets: () => change({ facets: !now.facets }),
      togglePin: (label) => change({ pins: [...togglePin(now.pins, label)] }),
    };
  }, [orgId, is, chips, facets, pins, adjust]);
}
