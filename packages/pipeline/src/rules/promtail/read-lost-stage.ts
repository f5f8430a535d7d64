// Stages that are checked and left out: https://grafana.com/docs/loki/latest/send-data/promtail/stages/
import { StageFault, StageFields, type YamlValue } from './stage-fields.ts';
import { durationSeconds } from './units.ts';

const METRIC_TYPES = ['counter', 'gauge', 'histogram'] as const;
const METRIC_ACTIONS: Readonly<Record<(typeof METRIC_TYPES)[number], readonly string[]>> = {
  counter: ['inc', 'add'],
  gauge: ['set', 'inc', 'dec', 'add', 'sub'],
  histogram: [],
};

/** Each throws `StageFault` for what Promtail would not start with. */
type Check = (value: YamlValue) => void;

function tenant(value: YamlValue): void {
  const fields = new StageFields(value);
  const given = ['source', 'label', 'value'].filter((name) => (fields.text(name) ?? '') !== '');
  if (given.length !== 1) {
    throw new StageFault('one of source, label and value is needed');
  }
}

function geoip(value: YamlValue): void {
  const fields = new StageFields(value);
  for (const name of ['db', 'source', 'db_type']) {
    fields.need(name);
  }
}

function metrics(value: YamlValue): void {
  const all = new StageFields(value);
  if (all.rest.length === 0) {
    throw new StageFault('a map of metrics is needed');
  }
  for (const name of all.rest) {
    metric(name, new StageFields(all.take(name)));
  }
}

function metric(name: string, fields: StageFields): void {
  const given = fields.need('type').toLowerCase();
  const type = METRIC_TYPES.find((known) => known === given);
  if (type === undefined) {
    throw new StageFault(`${name}: the type must be one of ${METRIC_TYPES.join(', ')}`);
  }
  const idle = fields.text('max_idle_duration');
  if (idle !== undefined && idle !== '') {
    durationSeconds(idle, `${name}: max_idle_duration`);
  }
  const config = new StageFields(fields.take('config'));
  const action = config.text('action');
  if (type !== 'histogram' && !METRIC_ACTIONS[type].includes(action?.toLowerCase() ?? '')) {
    throw new StageFault(`${name}: the action must be one of ${METRIC_ACTIONS[type].join(', ')}`);
  }
  const countsBytes = config.truth('count_entry_bytes', false);
  if (countsBytes && !(config.truth('match_all', false) && action === 'add')) {
    throw new StageFault(`${name}: count_entry_bytes needs match_all and the action add`);
  }
}

function multiline(value: YamlValue): void {
  const fields = new StageFields(value);
  fields.need('firstline');
  const wait = fields.text('max_wait_time');
  if (wait !== undefined) {
    durationSeconds(wait, 'max_wait_time');
  }
}

function limit(value: YamlValue): void {
  const fields = new StageFields(value);
  for (const name of ['rate', 'burst']) {
    if (!(Number(fields.text(name)) > 0)) {
      throw new StageFault(`${name} must be more than 0`);
    }
  }
}

const unchecked: Check = () => undefined;

/** The stages that are not carried, with why. */
export const LOST_STAGES: Readonly<Record<string, readonly [why: string, check: Check]>> = {
  multiline: ['lines are put together where they are collected', multiline],
  limit: ['there is no limit by time: sampling keeps a share', limit],
  tenant: ['the organization is that of the key', tenant],
  geoip: ['places of addresses are found by themselves', geoip],
  luhn: ['numbers of cards are found by the privacy policy', unchecked],
  metrics: ['metrics of logs are not made by rules yet', metrics],
};
