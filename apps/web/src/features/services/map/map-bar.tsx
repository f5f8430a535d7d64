import { GRAPH_NODE_TYPES, type GraphNodeType } from '@aegisguard/model';
import type { ReactNode } from 'react';
import type { ChangeView } from '../../../lib/use-address-view.ts';
import { Button } from '../../../ui/button.tsx';
import { FilterChip } from '../../../ui/filter-chip.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { NODE_ICONS, NODE_WORDS } from '../node-types.ts';
import { HOPS, MAP_FORMS, MAP_HEALTHS, type MapForm, type MapHealth, type MapView } from '../services-view.ts';

const HEALTH_WORDS: Readonly<Record<MapHealth, string>> = {
  all: 'Any share of errors',
  warn: '1% errors and more',
  danger: '5% errors and more',
};
const FORM_WORDS: Readonly<Record<MapForm, string>> = { map: 'Drawing', table: 'Table' };

/** What of the map is shown, and how. */
export function MapBar({
  view,
  types,
  text,
  counts,
  change,
  onText,
  onFound,
}: {
  readonly view: MapView;
  /** Types of nodes that there are. */
  readonly types: ReadonlySet<GraphNodeType>;
  readonly text: string;
  /** How much is shown, in words. */
  readonly counts: string;
  readonly change: ChangeView<MapView>;
  readonly onText: (text: string) => void;
  /** Looks at what was found. */
  readonly onFound: () => void;
}): ReactNode {
  const { service, hops, hidden, health, shown } = view;
  const toggle = (type: GraphNodeType): void =>
    change(
      { hidden: GRAPH_NODE_TYPES.filter((each) => hidden.includes(each) !== (each === type)), node: undefined },
      true,
    );
  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-b bg-surface px-3 py-2">
      <Input
        type="search"
        aria-label="Find on the map"
        placeholder="Find on the map"
        autoComplete="off"
        spellCheck={false}
        className="w-44"
        value={text}
        onChange={({ target }) => onText(target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Enter') {
            onFound();
          }
        }}
      />
      {service === undefined ? null : (
        <>
          <FilterChip label="Around" value={service} onRemove={() => change({ service: undefined })} />
          <Select
            aria-label="How far around"
            value={hops}
            onChange={({ target }) => change({ hops: Number(target.value) })}
          >
            {HOPS.map((each) => (
              <option key={each} value={each}>
                {each === 1 ? '1 call away' : `${each} calls away`}
              </option>
            ))}
          </Select>
        </>
      )}
      <Select
        aria-label="Health"
        value={health}
        onChange={({ target }) => change({ health: MAP_HEALTHS.find((each) => each === target.value) ?? 'all' }, true)}
      >
        {MAP_HEALTHS.map((each) => (
          <option key={each} value={each}>
            {HEALTH_WORDS[each]}
          </option>
        ))}
      </Select>
      <fieldset aria-label="Shown" className="flex flex-wrap gap-1">
        {GRAPH_NODE_TYPES.filter((type) => types.has(type)).map((type) => {
          const Icon = NODE_ICONS[type];
          return (
            <Button
              key={type}
              size="sm"
              variant="ghost"
              aria-pressed={!hidden.includes(type)}
              aria-label={NODE_WORDS[type]}
              title={NODE_WORDS[type]}
              onClick={() => toggle(type)}
            >
              <Icon aria-hidden />
            </Button>
          );
        })}
      </fieldset>
      <p role="status" className="ml-auto text-subtle text-xs max-md:ml-0">
        {counts}
      </p>
      <fieldset aria-label="Form" className="flex gap-0.5">
        {MAP_FORMS.map((each) => (
          <Button
            key={each}
            size="sm"
            variant="ghost"
            aria-pressed={shown === each}
            onClick={() => change({ shown: each }, true)}
          >
            {FORM_WORDS[each]}
          </Button>
        ))}
      </fieldset>
    </div>
  );
}
