// What is read off first when something is wrong with the shop. The members are those of `POST /dashboards` (packages/model); what is left out the server chooses.

interface PanelLook {
  readonly w: number;
  readonly h: number;
  readonly unit?: string;
  readonly options?: object;
}

interface Query {
  readonly query: string;
  readonly legend?: string;
  readonly language?: 'promql' | 'logql';
}

type Place = (
  w: number,
  h: number,
) => { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

const COLUMNS = 24;
const REQUESTS = 'http_server_request_duration_seconds';
const CHOSEN = 'service_name=~"$service"';
const AT_THE_DOOR = 'service_name="storefront"';
const FAILED = 'http_response_status_code=~"5.."';

const STAT = { w: 6, h: 4 };
const HALF = { w: 12, h: 8 };
const THIRD = { w: 8, h: 8 };

function panels(place: Place): readonly object[] {
  const panel = (type: string, title: string, { w, h, unit = '', options = {} }: PanelLook, ...queries: Query[]) => ({
    type,
    title,
    grid: place(w, h),
    queries,
    options: { unit, ...options },
  });
  return [
    panel(
      'stat',
      'Requests at the door',
      { ...STAT, unit: 'reqps' },
      { query: `sum(rate(${REQUESTS}_count{${AT_THE_DOOR}}[2m]))` },
    ),
    panel(
      'stat',
      'Of which fail',
      { ...STAT, unit: 'percentunit', options: { noValue: '0%', thresholds: ERROR_COLOURS } },
      {
        query: `sum(rate(${REQUESTS}_count{${AT_THE_DOOR}, ${FAILED}}[2m])) / sum(rate(${REQUESTS}_count{${AT_THE_DOOR}}[2m]))`,
      },
    ),
    panel(
      'stat',
      '95 % are faster than',
      { ...STAT, unit: 'seconds' },
      { query: `histogram_quantile(0.95, sum by (le) (rate(${REQUESTS}_bucket{${AT_THE_DOOR}}[2m])))` },
    ),
    panel(
      'stat',
      'Paid orders a minute',
      { ...STAT, options: { decimals: 1 } },
      { query: '60 * sum(rate(shop_orders_total{outcome="paid"}[5m]))' },
    ),
    panel(
      'timeseries',
      'Requests by service',
      { ...THIRD, unit: 'reqps' },
      { query: `sum by (service_name) (rate(${REQUESTS}_count{${CHOSEN}}[2m]))`, legend: '{{service_name}}' },
    ),
    panel(
      'timeseries',
      'Errors by service',
      { ...THIRD, unit: 'reqps', options: { draw: 'area' } },
      {
        query: `sum by (service_name) (rate(${REQUESTS}_count{${CHOSEN}, ${FAILED}}[2m])) or 0 * sum by (service_name) (rate(${REQUESTS}_count{${CHOSEN}}[2m]))`,
        legend: '{{service_name}}',
      },
    ),
    panel(
      'timeseries',
      '95th percentile by service',
      { ...THIRD, unit: 'seconds' },
      {
        query: `histogram_quantile(0.95, sum by (le, service_name) (rate(${REQUESTS}_bucket{${CHOSEN}}[2m])))`,
        legend: '{{service_name}}',
      },
    ),
    panel(
      'timeseries',
      'Orders a minute by outcome',
      { ...THIRD, options: { draw: 'bar', stacking: 'normal' } },
      { query: '60 * sum by (outcome) (rate(shop_orders_total[2m]))', legend: '{{outcome}}' },
    ),
    panel(
      'timeseries',
      'Products found in the cache',
      { ...THIRD, unit: 'percentunit', options: { min: 0, max: 1 } },
      {
        query: 'sum(rate(shop_cache_lookups_total{result="hit"}[2m])) / sum(rate(shop_cache_lookups_total[2m]))',
        legend: 'found',
      },
    ),
    panel(
      'timeseries',
      'Databases, 95th percentile',
      { ...THIRD, unit: 'seconds' },
      {
        query:
          'histogram_quantile(0.95, sum by (le, db_system_name, db_namespace) (rate(db_client_operation_duration_seconds_bucket[2m])))',
        legend: '{{db_system_name}} {{db_namespace}}',
      },
    ),
    panel(
      'timeseries',
      'Event loop delay, 99th percentile',
      { ...HALF, unit: 'seconds' },
      { query: `nodejs_eventloop_delay_p99_seconds{${CHOSEN}}`, legend: '{{service_name}}' },
    ),
    panel(
      'timeseries',
      'Heap',
      { ...HALF, unit: 'bytes' },
      { query: `sum by (service_name) (v8js_memory_heap_used_bytes{${CHOSEN}})`, legend: '{{service_name}}' },
    ),
    panel(
      'logs',
      'Warnings and errors',
      { w: COLUMNS, h: 10 },
      { query: '{service=~"$service", level=~"warn|error"}', language: 'logql' },
    ),
  ];
}

const ERROR_COLOURS = [
  { value: null, color: 'green' },
  { value: 0.01, color: 'orange' },
  { value: 0.05, color: 'red' },
];

/** The dashboard that the demo's organization begins with. */
export function demoDashboard(): { readonly title: string; readonly [member: string]: unknown } {
  return {
    title: 'Demo shop',
    description:
      'Requests, errors and durations of the shop, its business, its runtime and its warnings. Orders mark when they start: a deployment.',
    tags: ['demo'],
    panels: panels(leftToRight()),
    variables: [
      {
        name: 'service',
        label: 'Service',
        type: 'query',
        query: `label_values(${REQUESTS}_count, service_name)`,
        isMulti: true,
        hasAll: true,
        allValue: '.+',
        current: ['$__all'],
      },
    ],
    annotations: [{ name: 'Deployments of orders', language: 'logql', query: '{service="orders"} |= "is starting"' }],
    from: 'now-30m',
    refreshSeconds: 30,
  };
}

/** Lays one panel beside the other, and begins a row when there is no more room. Panels of a row are of one height. */
function leftToRight(): Place {
  let [x, y, rowHeight] = [0, 0, 0];
  return (w, h) => {
    if (x + w > COLUMNS) [x, y] = [0, y + rowHeight];
    const place = { x, y, w, h };
    [x, rowHeight] = [x + w, h];
    return place;
  };
}
