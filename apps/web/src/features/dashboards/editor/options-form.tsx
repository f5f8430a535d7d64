import type { DashboardPanel, PanelOptions } from '@aegisguard/model';
import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { REDUCTION_WORDS } from '../../../charts/metrics/reduce-values.ts';
import { UNITS, unitOf } from '../../../charts/metrics/units.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Field } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { ColorSelect } from './color-select.tsx';
import { NumberInput } from './number-input.tsx';

type Type = DashboardPanel['type'];
type Edit = (part: Partial<PanelOptions>) => void;

interface OptionsProps {
  readonly options: PanelOptions;
  readonly onEdit: Edit;
}

/** A choice among named options. */
function Choice<Value extends string>({
  label,
  value,
  words,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly words: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value) => void;
}): ReactNode {
  return (
    <Field label={label}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value as Value)}>
          {(Object.keys(words) as Value[]).map((each) => (
            <option key={each} value={each}>
              {words[each]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function UnitFields({ options, onEdit }: OptionsProps): ReactNode {
  // What was imported may name a unit by another of its ids.
  const current = unitOf(options.unit)?.id ?? options.unit;
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="Unit">
        {(control) => (
          <Select {...control} value={current} onChange={(event) => onEdit({ unit: event.target.value })}>
            {UNITS.some(({ id }) => id === current) ? null : <option value={current}>{current}</option>}
            {UNITS.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <NumberInput
        label="Decimals"
        placeholder="As needed"
        value={options.decimals}
        min={0}
        max={10}
        onChange={(decimals) => onEdit({ decimals: decimals === null ? null : Math.round(decimals) })}
      />
    </div>
  );
}

function Bounds({ options, onEdit }: OptionsProps): ReactNode {
  return (
    <div className="grid grid-cols-2 gap-3">
      <NumberInput label="Min" placeholder="Auto" value={options.min} onChange={(min) => onEdit({ min })} />
      <NumberInput label="Max" placeholder="Auto" value={options.max} onChange={(max) => onEdit({ max })} />
    </div>
  );
}

const DRAW_WORDS = { line: 'Lines', area: 'Areas', bar: 'Bars', points: 'Points' } as const;
const STACKING_WORDS = { none: 'Not', normal: 'On one another', percent: 'To 100 %' } as const;
const LEGEND_WORDS = { hidden: 'None', list: 'A list', table: 'A table' } as const;

function SeriesFields({ options, onEdit }: OptionsProps): ReactNode {
  const { legendValues } = options;
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Choice label="Drawn as" value={options.draw} words={DRAW_WORDS} onChange={(draw) => onEdit({ draw })} />
        <Choice
          label="Stacked"
          value={options.stacking}
          words={STACKING_WORDS}
          onChange={(stacking) => onEdit({ stacking })}
        />
      </div>
      <Switch
        label="Logarithmic scale"
        checked={options.isLogScale}
        onChange={(event) => onEdit({ isLogScale: event.target.checked })}
      />
      <Choice label="Legend" value={options.legend} words={LEGEND_WORDS} onChange={(legend) => onEdit({ legend })} />
      {options.legend === 'table' ? (
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
          <legend className="mb-1 font-medium text-xs">Its values</legend>
          {(['min', 'max', 'avg', 'last', 'sum'] as const).map((by) => (
            <Checkbox
              key={by}
              label={REDUCTION_WORDS[by]}
              checked={legendValues.includes(by)}
              onChange={(event) =>
                onEdit({
                  legendValues: event.target.checked
                    ? [...legendValues, by]
                    : legendValues.filter((other) => other !== by),
                })
              }
            />
          ))}
        </fieldset>
      ) : null}
    </>
  );
}

function Thresholds({ options: { thresholds }, onEdit }: OptionsProps): ReactNode {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium text-xs">Thresholds</legend>
      {thresholds.map((threshold, index) => (
        <div key={String(index)} className="flex items-end gap-2">
          <NumberInput
            label="From"
            placeholder="The least"
            value={threshold.value}
            onChange={(value) => onEdit({ thresholds: thresholds.with(index, { ...threshold, value }) })}
          />
          <ColorSelect
            aria-label="Colour"
            value={threshold.color}
            onChange={(color) => onEdit({ thresholds: thresholds.with(index, { ...threshold, color }) })}
          />
          <IconButton
            label="Delete the threshold"
            onClick={() => onEdit({ thresholds: thresholds.toSpliced(index, 1) })}
          >
            <Trash2 aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button
        size="sm"
        className="w-fit"
        disabled={thresholds.length >= 20}
        onClick={() =>
          onEdit({
            thresholds: [
              ...thresholds,
              { value: thresholds.length === 0 ? null : 80, color: thresholds.length === 0 ? 'green' : 'red' },
            ],
          })
        }
      >
        <Plus aria-hidden />
        Add threshold
      </Button>
    </fieldset>
  );
}

const SHOWS_WORDS = {
  auto: 'The value, the name of several',
  value: 'The value',
  name: 'The name',
  both: 'Name and value',
} as const;

/** Types that show one value of each series. */
const REDUCED: readonly Type[] = ['stat', 'gauge', 'bar', 'table'];

/** How a panel of a type draws; what the type has no use for is not asked, but kept. */
export function OptionsForm({ type, ...props }: OptionsProps & { readonly type: Type }): ReactNode {
  const { options, onEdit } = props;
  if (type === 'text' || type === 'logs' || type === 'row') {
    return null;
  }
  return (
    <>
      <UnitFields {...props} />
      {REDUCED.includes(type) ? (
        <Choice
          label="Value of a series"
          value={options.reduce}
          words={REDUCTION_WORDS}
          onChange={(reduce) => onEdit({ reduce })}
        />
      ) : null}
      {type === 'stat' ? (
        <Choice label="Shows" value={options.shows} words={SHOWS_WORDS} onChange={(shows) => onEdit({ shows })} />
      ) : null}
      {type === 'timeseries' ? <SeriesFields {...props} /> : null}
      {type === 'timeseries' || type === 'gauge' || type === 'bar' ? <Bounds {...props} /> : null}
      {type === 'heatmap' ? null : <Thresholds {...props} />}
    </>
  );
}
