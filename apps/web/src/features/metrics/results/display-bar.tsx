import type { ReactNode } from 'react';
import { UNITS } from '../../../charts/metrics/units.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { DISPLAYS, type Display, LEGENDS, type MetricsView } from '../view/metrics-view.ts';
import { stepWords } from '../view/query-step.ts';

const DISPLAY_WORDS: Readonly<Record<Display, string>> = {
  line: 'Lines',
  area: 'Areas',
  bar: 'Bars',
  stacked: 'Stacked',
  percent: 'Stacked to 100 %',
  heatmap: 'Heatmap',
  table: 'Table',
  stat: 'Stat',
};
const LEGEND_WORDS = { table: 'Legend: table', list: 'Legend: list', hidden: 'No legend' } as const;
const STEP_SECONDS = [0, 1, 5, 15, 30, 60, 300, 900, 3600, 21_600, 86_400] as const;
const SMALL = 'h-7 text-xs';
const GROUPS = [...new Set(UNITS.map(({ group }) => group))];

/** How the answers are drawn. */
export function DisplayBar({
  view,
  unit,
  stepMs,
  onAdjust,
  children,
}: {
  readonly view: MetricsView;
  /** The one that is used. */
  readonly unit: string;
  readonly stepMs: number;
  readonly onAdjust: (change: Partial<MetricsView>) => void;
  readonly children?: ReactNode;
}): ReactNode {
  const isOverTime = view.display !== 'table' && view.display !== 'stat' && view.display !== 'heatmap';
  return (
    <div
      role="toolbar"
      aria-label="Display"
      className="flex flex-wrap items-center gap-1.5 border-line border-b bg-surface px-3 py-1.5"
    >
      <Select
        aria-label="Show as"
        className={SMALL}
        value={view.display}
        onChange={({ target }) => onAdjust({ display: DISPLAYS.find((each) => each === target.value) ?? 'line' })}
      >
        {DISPLAYS.map((display) => (
          <option key={display} value={display}>
            {DISPLAY_WORDS[display]}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Unit"
        className={`${SMALL} max-w-40`}
        value={unit}
        onChange={({ target }) => onAdjust({ unit: target.value })}
      >
        {GROUPS.map((group) => (
          <optgroup key={group} label={group}>
            {UNITS.filter((each) => each.group === group && each.id !== 'short').map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
      <Select
        aria-label="Step"
        className={SMALL}
        value={view.stepSeconds}
        onChange={({ target }) => onAdjust({ stepSeconds: Number(target.value) })}
      >
        {[...new Set([...STEP_SECONDS, view.stepSeconds])].map((seconds) => (
          <option key={seconds} value={seconds}>
            Step {seconds === 0 ? `auto (${stepWords(stepMs)})` : stepWords(seconds * 1000)}
          </option>
        ))}
      </Select>
      {isOverTime ? (
        <>
          <Select
            aria-label="Legend"
            className={SMALL}
            value={view.legend}
            onChange={({ target }) => onAdjust({ legend: LEGENDS.find((each) => each === target.value) ?? 'table' })}
          >
            {LEGENDS.map((legend) => (
              <option key={legend} value={legend}>
                {LEGEND_WORDS[legend]}
              </option>
            ))}
          </Select>
          <Button
            size="sm"
            variant="ghost"
            aria-pressed={view.isLogScale}
            onClick={() => onAdjust({ isLogScale: !view.isLogScale })}
          >
            Log scale
          </Button>
          <Button
            size="sm"
            variant="ghost"
            aria-pressed={view.compares}
            onClick={() => onAdjust({ compares: !view.compares })}
          >
            Compare with before
          </Button>
          <Button
            size="sm"
            variant="ghost"
            aria-pressed={view.showsExemplars}
            onClick={() => onAdjust({ showsExemplars: !view.showsExemplars })}
          >
            Exemplars
          </Button>
        </>
      ) : null}
      <div className="ml-auto flex items-center gap-1.5">{children}</div>
    </div>
  );
}
