import { readFileSync } from 'node:fs';
import type { LooseObject } from '../loose-json.ts';

/** A dashboard as Grafana 11 exports it for others, with a little of everything. */
export const NEW_DASHBOARD = read('boats.json');

/** A dashboard as Grafana 4 had it: rows, graphs and single numbers. */
export const OLD_DASHBOARD = read('old-boats.json');

function read(name: string): LooseObject {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as LooseObject;
}
