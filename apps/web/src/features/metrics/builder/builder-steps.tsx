import { type ReactNode, useId } from 'react';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { ChoiceInput } from '../../../ui/choice-input.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { labelNames } from '../metrics-api.ts';
import { ARITHMETIC, BUILDER_AGGREGATIONS, type BuilderQuery, RANGE_FUNCTIONS } from './builder-query.ts';
import { selectorText } from './print-builder-query.ts';

/** What each step of the builder is given. */
export interface StepProps {
  readonly query: BuilderQuery;
  readonly onChange: (change: Partial<BuilderQuery>) => void;
}

const SMALL = 'h-7 text-xs';
const WINDOWS = ['$__rate_interval', '$__interval', '1m', '5m', '15m', '1h', '6h', '1d'] as const;

/** One step: its name, then its controls. */
function Step({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <fieldset className="flex min-w-0 max-w-full flex-wrap items-center gap-1">
      <legend className="float-left pr-1 text-subtle text-xs">{name}</legend>
      {children}
    </fieldset>
  );
}

/** `rate`, `increase` and their like, over a window. */
export function RangeStep({ query: { range }, onChange }: StepProps): ReactNode {
  const listId = useId();
  return (
    <Step name="Over time">
      <Select
        aria-label="Function over time"
        className={SMALL}
        value={range?.fn ?? ''}
        onChange={({ target }) => {
          const fn = RANGE_FUNCTIONS.find((each) => each === target.value);
          onChange({ range: fn === undefined ? undefined : { fn, window: range?.window ?? '$__rate_interval' } });
        }}
      >
        <option value="">as it is</option>
        {RANGE_FUNCTIONS.map((fn) => (
          <option key={fn}>{fn}</option>
        ))}
      </Select>
      {range === undefined ? null : (
        <>
          <Input
            aria-label="Window"
            list={listId}
            className={`${SMALL} w-44 px-2 font-mono`}
            defaultValue={range.window}
            key={range.window}
            onBlur={({ target: { value } }) => {
              if (value.trim() !== '' && value !== range.window) {
                onChange({ range: { ...range, window: value.trim() } });
              }
            }}
          />
          <datalist id={listId}>
            {WINDOWS.map((window) => (
              <option key={window} value={window} />
            ))}
          </datalist>
        </>
      )}
    </Step>
  );
}

/** `sum by (…)` and its like. */
export function AggregationStep({
  orgId,
  range,
  query,
  onChange,
}: StepProps & { readonly orgId: string; readonly range: ResolvedRange }): ReactNode {
  const { aggregation, metric, filters } = query;
  return (
    <Step name="Aggregate">
      <Select
        aria-label="Aggregation"
        className={SMALL}
        value={aggregation?.op ?? ''}
        onChange={({ target }) => {
          const op = BUILDER_AGGREGATIONS.find((each) => each === target.value);
          const kept = { labels: aggregation?.labels ?? [], isWithout: aggregation?.isWithout ?? false };
          onChange({
            aggregation:
              op === undefined ? undefined : { op, parameter: op === 'quantile' ? 0.95 : undefined, ...kept },
          });
        }}
      >
        <option value="">each series</option>
        {BUILDER_AGGREGATIONS.map((op) => (
          <option key={op}>{op}</option>
        ))}
      </Select>
      {aggregation === undefined ? null : (
        <>
          {aggregation.parameter === undefined ? null : (
            <NumberInput
              label="Quantile of the aggregation"
              value={aggregation.parameter}
              onChange={(parameter) => onChange({ aggregation: { ...aggregation, parameter } })}
            />
          )}
          <Select
            aria-label="Grouping"
            className={SMALL}
            value={aggregation.isWithout ? 'without' : 'by'}
            onChange={({ target }) =>
              onChange({ aggregation: { ...aggregation, isWithout: target.value === 'without' } })
            }
          >
            <option>by</option>
            <option>without</option>
          </Select>
          <ChoiceInput
            label="Grouping labels"
            placeholder="all together"
            value={aggregation.labels.join(', ')}
            className="w-36"
            source={{
              key: ['metrics', orgId, 'labels', metric],
              ask: async () => {
                const selector = selectorText(metric, filters);
                const names = await labelNames(
                  orgId,
                  selector === '' || selector === '{}' ? undefined : selector,
                  range,
                );
                return names.filter((name) => name !== '__name__');
              },
            }}
            onChoose={(text) =>
              onChange({
                aggregation: {
                  ...aggregation,
                  labels: text
                    .split(',')
                    .map((label) => label.trim())
                    .filter((label) => label !== ''),
                },
              })
            }
          />
        </>
      )}
    </Step>
  );
}

function NumberInput({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}): ReactNode {
  return (
    <Input
      aria-label={label}
      type="number"
      step="any"
      className={`${SMALL} w-20 px-2`}
      defaultValue={value}
      key={value}
      onBlur={({ target }) => {
        if (Number.isFinite(target.valueAsNumber) && target.valueAsNumber !== value) {
          onChange(target.valueAsNumber);
        }
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.currentTarget.blur();
        }
      }}
    />
  );
}

/** `histogram_quantile(φ, …)`. */
export function HistogramStep({ query: { histogramQuantile }, onChange }: StepProps): ReactNode {
  return (
    <Step name="Quantile">
      <Select
        aria-label="Quantile of the histogram"
        className={SMALL}
        value={histogramQuantile === undefined ? '' : String(histogramQuantile)}
        onChange={({ target }) =>
          onChange({ histogramQuantile: target.value === '' ? undefined : Number(target.value) })
        }
      >
        <option value="">none</option>
        {[
          ...new Set([
            0.5,
            0.75,
            0.9,
            0.95,
            0.99,
            0.999,
            ...(histogramQuantile === undefined ? [] : [histogramQuantile]),
          ]),
        ].map((quantile) => (
          <option key={quantile} value={quantile}>
            p{Number((quantile * 100).toFixed(4))}
          </option>
        ))}
      </Select>
    </Step>
  );
}

/** `topk` and `bottomk`. */
export function TopStep({ query: { top }, onChange }: StepProps): ReactNode {
  return (
    <Step name="Show">
      <Select
        aria-label="How many series"
        className={SMALL}
        value={top?.op ?? ''}
        onChange={({ target: { value } }) =>
          onChange({ top: value === 'topk' || value === 'bottomk' ? { op: value, count: top?.count ?? 5 } : undefined })
        }
      >
        <option value="">all</option>
        <option value="topk">the top</option>
        <option value="bottomk">the bottom</option>
      </Select>
      {top === undefined ? null : (
        <NumberInput
          label="Count of series"
          value={top.count}
          onChange={(count) => onChange({ top: { ...top, count } })}
        />
      )}
    </Step>
  );
}

/** A calculation with a number. */
export function ArithmeticStep({ query: { arithmetic }, onChange }: StepProps): ReactNode {
  return (
    <Step name="Calculate">
      <Select
        aria-label="Calculation"
        className={SMALL}
        value={arithmetic?.op ?? ''}
        onChange={({ target }) => {
          const op = ARITHMETIC.find((each) => each === target.value);
          onChange({ arithmetic: op === undefined ? undefined : { op, value: arithmetic?.value ?? 1 } });
        }}
      >
        <option value="">nothing</option>
        {ARITHMETIC.map((op) => (
          <option key={op}>{op}</option>
        ))}
      </Select>
      {arithmetic === undefined ? null : (
        <NumberInput
          label="Number to calculate with"
          value={arithmetic.value}
          onChange={(value) => onChange({ arithmetic: { ...arithmetic, value } })}
        />
      )}
    </Step>
  );
}
