import type { OrgId } from '@aegisguard/model';
import type { TailCatch } from './driver.ts';

/** The first line of a message. */
interface Head {
  readonly orgId: OrgId;
  readonly query: string;
  readonly batchId: string;
  readonly dropped: number;
  readonly lines: readonly (readonly [timestamp: string, index: number])[];
}

/** A catch as one text, for another process: what is JSON already stands below a head, a line each, and is not written as JSON again. */
export function writeCatch(orgId: OrgId, { query, batchId, dropped, lines }: TailCatch): string {
  const places = lines.map(({ timestamp, index }) => [timestamp, index] as const);
  const head: Head = { orgId, query, batchId, dropped, lines: places };
  return [JSON.stringify(head), ...lines.map(({ json }) => json)].join('\n');
}

/** The catch of such a text, and whose it is. */
export function readCatch(text: string): { readonly orgId: OrgId; readonly caught: TailCatch } {
  const [first = '', ...texts] = text.split('\n');
  const { orgId, lines, ...head } = JSON.parse(first) as Head;
  const whole = lines.map(([timestamp, index], at) => ({ timestamp, index, json: texts[at] ?? '' }));
  return { orgId, caught: { ...head, lines: whole } };
}
