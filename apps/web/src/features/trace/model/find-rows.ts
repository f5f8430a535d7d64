import type { TraceModel } from './trace-model.ts';

const PART_OF_ID = /^[0-9a-f]{4,16}$/;

function having(words: readonly string[], text: string): Uint8Array {
  return Uint8Array.from(words, (word) => (word.toLowerCase().includes(text) ? 1 : 0));
}

/** Rows in whose service, name or id the text stands, whatever its case: what is known without asking. */
export function findRows({ service, services, name, names, ids, count }: TraceModel, text: string): Int32Array {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') {
    return new Int32Array();
  }
  const inServices = having(services, wanted);
  const inNames = having(names, wanted);
  const mayBeId = PART_OF_ID.test(wanted);
  const rows: number[] = [];
  for (let row = 0; row < count; row++) {
    if (
      inServices[service[row] ?? 0] === 1 ||
      inNames[name[row] ?? 0] === 1 ||
      (mayBeId && ids[row]?.includes(wanted) === true)
    ) {
      rows.push(row);
    }
  }
  return Int32Array.from(rows);
}

/** What was found here and what the server found in attributes and events, each once, in the order of rows. */
export function joinedRows({ rowOf }: TraceModel, here: Int32Array, spanIds: readonly string[]): Int32Array {
  const there = spanIds.map(rowOf).filter((row) => row !== undefined);
  return there.length === 0 ? here : Int32Array.from(new Set([...here, ...there])).sort();
}

/** The match after or before a row, round the ends; undefined where there is none. */
export function nextMatch(matches: Int32Array, row: number | undefined, by: 1 | -1): number | undefined {
  if (by > 0) {
    return matches.find((match) => row === undefined || match > row) ?? matches[0];
  }
  return matches.findLast((match) => row === undefined || match < row) ?? matches.at(-1);
}
