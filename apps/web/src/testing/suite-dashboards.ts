import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suitePath } from '@aegisguard/testkit';

/** A dashboard of Grafana as somebody keeps it. */
export interface SuiteDashboard {
  readonly file: string;
  readonly json: object;
}

/** The dashboards of the public suites; undefined where they are absent. */
export function suiteDashboards(): readonly SuiteDashboard[] | undefined {
  const folder = suitePath('dashboards');
  if (folder === undefined) {
    return undefined;
  }
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => ({ file, json: JSON.parse(readFileSync(join(folder, file), 'utf8')) as object }));
}
