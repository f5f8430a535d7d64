import { useMemo, useState } from 'react';
import { z } from 'zod';
import { readStored, writeStored } from '../../../lib/stored-value.ts';
import type { LogsView } from './logs-view.ts';
import type { LogsViewControl } from './use-logs-view.ts';
import { togglePin } from './view-pins.ts';

/** How a person likes the page where its address says nothing. */
const Preferences = z.object({ chips: z.boolean(), facets: z.boolean(), pins: z.array(z.string().max(256)).max(20) });
type Preferences = z.infer<typeof Preferences>;

const DEFAULTS: Preferences = { chips: true, facets: true, pins: [] };

function keyOf(orgId: string): string {
  return `aegis.logs.${orgId}`;
}

function readPreferences(orgId: string): Preferences {
  return readStored(keyOf(orgId), Preferences, DEFAULTS);
}

/** What the address says, else what was chosen last. */
function liked({ chips, facets, pins }: Pick<LogsView, keyof Preferences>, last: Preferences): Preferences {
  return { chips: chips ?? last.chips, facets: facets ?? last.facets, pins: [...(pins ?? last.pins)] };
}

/** What stands around the rows. Changes are kept in this browser, and in the address, so that saved views have them. */
export interface LogLayout extends Readonly<Preferences> {
  readonly toggleChips: () => void;
  readonly toggleFacets: () => void;
  readonly togglePin: (label: string) => void;
}

/** The page's layout. */
export function useLogLayout(orgId: string, { view, now, adjust }: LogsViewControl): LogLayout {
  const { chips, facets, pins } = view;
  const [stored, setStored] = useState(() => ({ orgId, is: readPreferences(orgId) }));
  if (stored.orgId !== orgId) {
    setStored({ orgId, is: readPreferences(orgId) });
  }
  const { is } = stored;
  return useMemo(() => {
    const change = (edit: (before: Preferences) => Partial<Preferences>): void => {
      const kept = readPreferences(orgId);
      const changed = edit(liked(now(), kept));
      const next = { ...kept, ...changed };
      setStored({ orgId, is: next });
      writeStored(keyOf(orgId), next);
      adjust(changed);
    };
    return {
      ...liked({ chips, facets, pins }, is),
      toggleChips: () => change((before) => ({ chips: !before.chips })),
      toggleFacets: () => change((before) => ({ facets: !before.facets })),
      togglePin: (label) => change((before) => ({ pins: [...togglePin(before.pins, label)] })),
    };
  }, [orgId, is, chips, facets, pins, now, adjust]);
}
