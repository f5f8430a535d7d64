// Stages that are checked and left out: https://grafana.com/docs/loki/latest/send-data/promtail/stages/
import { StageFault, StageFields, type YamlValue } from './stage-fields.ts';
import { durationSeconds } from './units.ts';

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
};
