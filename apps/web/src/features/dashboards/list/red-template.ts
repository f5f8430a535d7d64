import { DashboardContent, type DashboardPanel, PanelOptions, type PanelQuery } from '@aegisguard/model';
import { ALL } from '../variables/variable-scope.ts';

/** What the template is made for. */
export interface RedSource {
  readonly title: string;
  /** A counter of requests. */
  readonly requests: string;
  /** A histogram of durations, without `_bucket`; empty: none. */
  readonly durations: string;
  readonly isNativeHistogram: boolean;
  /** The label that names the service. */
  readonly label: string;
  /** Which requests failed, as in `status=~"5.."`; empty: none are known. */
  readonly errors: string;
}

function query(ref: string, text: string, legend: string): PanelQuery {
  return { ref, language: 'promql', query: text, legend, isHidden: false, isInstant: false, minStep: '' };
}

function panel(
  id: string,
  title: string,
  grid: DashboardPanel['grid'],
  queries: readonly PanelQuery[],
  {
    type = 'timeseries',
    description = '',
    ...options
  }: Partial<PanelOptions> & { readonly type?: DashboardPanel['type']; readonly description?: string },
): DashboardPanel {
  return {
    id,
    type,
    title,
    description,
    grid,
    queries: [...queries],
    options: PanelOptions.parse(options),
    repeat: '',
  };
}

/** The rate of the durations' buckets, together. */
function bucketRate({ durations, isNativeHistogram }: RedSource, selector: string): string {
  return isNativeHistogram
    ? `sum(rate(${durations}{${selector}}[$__rate_interval]))`
    : `sum by (le) (rate(${durations}_bucket{${selector}}[$__rate_interval]))`;
}

function quantile(ref: string, percent: number, buckets: string): PanelQuery {
  return query(ref, `histogram_quantile(${percent / 100}, ${buckets})`, `p${percent}`);
}

/** A dashboard of requests, errors and durations (https://grafana.com/blog/2018/08/02/the-red-method-how-to-instrument-your-services/) of the services that a label names. */
export function redDashboard(source: RedSource): DashboardContent {
  const { title, requests, durations, label, errors } = source;
  const selector = `${label}=~"$service"`;
  const rate = (more: string): string => `rate(${requests}{${selector}${more}}[$__rate_interval])`;
  const failed = errors === '' ? undefined : `, ${errors}`;
  const share = (by: string): string => `100 * sum${by}(${rate(failed ?? '')}) / sum${by}(${rate('')})`;
  const buckets = bucketRate(source, selector);
  const by = ` by (${label}) `;
  const percent = {
    unit: 'percent',
    min: 0,
    thresholds: [
      { value: null, color: 'green' },
      { value: 1, color: 'yellow' },
      { value: 5, color: 'red' },
    ],
  };
  const stats: DashboardPanel[] = [
    panel('1', 'Requests', { x: 0, y: 0, w: 8, h: 4 }, [query('A', `sum(${rate('')})`, 'requests')], {
      type: 'stat',
      unit: 'reqps',
    }),
    ...(failed === undefined
      ? []
      : [
          panel('2', 'Errors', { x: 8, y: 0, w: 8, h: 4 }, [query('A', share(' '), 'errors')], {
            type: 'stat',
            ...percent,
          }),
        ]),
    ...(durations === ''
      ? []
      : [
          panel('3', 'Duration, 95 of 100', { x: 16, y: 0, w: 8, h: 4 }, [quantile('A', 95, buckets)], {
            type: 'stat',
            unit: 's',
          }),
        ]),
  ];
  const series: DashboardPanel[] = [
    panel('4', 'Request rate', { x: 0, y: 4, w: 12, h: 9 }, [query('A', `sum${by}(${rate('')})`, `{{${label}}}`)], {
      unit: 'reqps',
      draw: 'area',
      stacking: 'normal',
      description: 'Requests per second.',
    }),
    ...(failed === undefined
      ? []
      : [
          panel('5', 'Error share', { x: 12, y: 4, w: 12, h: 9 }, [query('A', share(by), `{{${label}}}`)], {
            unit: 'percent',
            min: 0,
            description: 'Of 100 requests, how many failed.',
          }),
        ]),
    ...(durations === ''
      ? []
      : [
          panel(
            '6',
            'Duration',
            { x: 0, y: 13, w: 12, h: 9 },
            [quantile('A', 50, buckets), quantile('B', 95, buckets), quantile('C', 99, buckets)],
            {
              unit: 's',
              min: 0,
              description: 'Half, 95 and 99 of 100 requests took no longer.',
            },
          ),
          panel('7', 'Durations over time', { x: 12, y: 13, w: 12, h: 9 }, [query('A', buckets, '')], {
            type: 'heatmap',
            unit: 's',
          }),
        ]),
  ];
  return DashboardContent.parse({
    title,
    description: `Requests, errors and durations, from ${[requests, durations].filter((name) => name !== '').join(' and ')}.`,
    tags: ['red'],
    panels: [...stats, ...series],
    variables: [
      {
        name: 'service',
        label: label.charAt(0).toUpperCase() + label.slice(1),
        type: 'query',
        query: `label_values(${requests}, ${label})`,
        isMulti: true,
        hasAll: true,
        allValue: '.*',
        current: [ALL],
      },
    ],
  });
}
