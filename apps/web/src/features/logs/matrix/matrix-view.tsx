import type { LogMatrixAnswer } from '@aegisguard/model';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { LINES_MAX, type PreparedLines, prepareLines } from '../../../charts/prepare/line-series.ts';
import { formatValue } from '../../../lib/number-format.ts';
import { formatClock } from '../../../lib/timestamp.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { seriesBackground } from './series-class.ts';

// The chart library is only needed for metric queries.
const LineChart = lazy(async () => ({ default: (await import('../../../charts/render/line-chart.tsx')).LineChart }));

/** Rows of the table of series; more belong into a narrower query. */
const TABLE_ROWS_MAX = 500;

/** The value under the pointer; undefined where the pointer is nowhere or the line is not drawn. */
function valueAt({ data }: PreparedLines, series: number, point: number | undefined): string | undefined {
  const line = data[series + 1];
  if (point === undefined || line === undefined) {
    return undefined;
  }
  const value = line[point];
  return value === null || value === undefined ? '–' : formatValue(value);
}

/** The numbers of a metric query: lines over time and a table of the series. */
export function MatrixView({ answer }: { readonly answer: LogMatrixAnswer }): ReactNode {
  const prepared = useMemo(() => prepareLines(answer), [answer]);
  const [point, setPoint] = useState<number>();
  const pointSeconds = point === undefined ? undefined : prepared.data[0][point];
  if (prepared.series.length === 0) {
    return (
      <p className="flex-1 bg-surface p-10 text-center text-muted">The query gives no series in this time range.</p>
    );
  }
  return (
    <div className="scrollbar-slim min-h-0 flex-1 overflow-y-auto bg-surface p-3">
      <Suspense fallback={<Skeleton className="h-[260px] w-full" />}>
        <LineChart
          prepared={prepared}
          label={`Values over time of ${prepared.series.length} series; the table below has them`}
          onPoint={setPoint}
        />
      </Suspense>
      <table className="mt-3 w-full text-xs">
        <thead>
          <tr className="border-line border-b text-left text-subtle">
            <th scope="col" className="py-1.5 font-medium">
              Series
            </th>
            <th scope="col" className="w-28 text-right font-medium max-sm:w-20">
              {pointSeconds === undefined ? 'Last' : `At ${formatClock(pointSeconds * 1000)}`}
            </th>
            <th scope="col" className="w-28 text-right font-medium max-sm:w-20">
              Maximum
            </th>
          </tr>
        </thead>
        <tbody>
          {prepared.series.slice(0, TABLE_ROWS_MAX).map((series, index) => (
            <tr key={series.name} className="border-line/60 border-b">
              <td className="break-all py-1 font-mono">
                {index < LINES_MAX ? (
                  <span
                    aria-hidden
                    className={`mr-2 inline-block size-2 rounded-[2px] ${seriesBackground(series.color)}`}
                  />
                ) : null}
                {series.name}
              </td>
              <td className="text-right tabular-nums">{valueAt(prepared, index, point) ?? formatValue(series.last)}</td>
              <td className="text-right tabular-nums">{formatValue(series.most)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
