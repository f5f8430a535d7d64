// Rows of a streamed file, byte by byte: what a connection breaks off in the middle of a row must not be kept.
// https://www.rfc-editor.org/rfc/rfc4180, https://github.com/ndjson/ndjson-spec

/** The forms that logs are exported in. */
export type ExportFormat = 'csv' | 'ndjson';

/** Where an export goes on: the last row that came. */
export interface RowPlace {
  readonly timestamp: string;
  readonly id: string;
}

const NEWLINE = 0x0a;
const QUOTE = 0x22;

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1 && pieces[0] !== undefined) {
    return pieces[0];
  }
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Cuts what comes into whole rows, and counts them. A line break inside of the quotes of CSV ends no row. */
export class RowSplitter {
  readonly #isCsv: boolean;
  #isQuoted = false;
  #rest: Uint8Array[] = [];
  #rows = 0;
  #lastRow: Uint8Array | undefined;

  constructor(format: ExportFormat) {
    this.#isCsv = format === 'csv';
  }

  /** Whole rows so far. */
  get rows(): number {
    return this.#rows;
  }

  /** The last of them, without its line break. */
  get lastRow(): string | undefined {
    return this.#lastRow === undefined ? undefined : new TextDecoder().decode(this.#lastRow).replace(/\r?\n$/, '');
  }

  /** The rows that a chunk completes, as bytes; empty when it completes none. */
  push(chunk: Uint8Array): Uint8Array {
    let end = 0;
    let lastStart = -1;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === QUOTE && this.#isCsv) {
        this.#isQuoted = !this.#isQuoted;
      } else if (byte === NEWLINE && !this.#isQuoted) {
        this.#rows += 1;
        lastStart = end;
        end = at + 1;
      }
    }
    if (lastStart === -1) {
      this.#rest.push(chunk.slice());
      return new Uint8Array();
    }
    const whole = joined([...this.#rest, chunk.subarray(0, end)]);
    const isLastSplit = lastStart === 0;
    this.#lastRow = isLastSplit ? whole.slice() : chunk.slice(lastStart, end);
    this.#rest = end === chunk.length ? [] : [chunk.slice(end)];
    return whole;
  }

  /** Ends a last row that came without a line break, and gives it; for an answer that ended as it should. */
  end(): Uint8Array {
    return this.#rest.length === 0 ? new Uint8Array() : this.push(Uint8Array.of(NEWLINE));
  }
}

/** The first two cells of a row of CSV. */
function csvCells(row: string): readonly [string, string] | undefined {
  const found = /^(?:"((?:[^"]|"")*)"|([^",]*)),(?:"((?:[^"]|"")*)"|([^",]*))(?:,|$)/.exec(row);
  if (found === null) {
    return undefined;
  }
  const [, quotedA, plainA = '', quotedB, plainB = ''] = found;
  return [quotedA?.replaceAll('""', '"') ?? plainA, quotedB?.replaceAll('""', '"') ?? plainB];
}

/** The place of a row; undefined when it is none of a log. */
export function placeOfRow(format: ExportFormat, row: string): RowPlace | undefined {
  if (format === 'csv') {
    const cells = csvCells(row);
    return cells === undefined || cells[0] === 'timestamp' ? undefined : { timestamp: cells[0], id: cells[1] };
  }
  try {
    const { timestamp, id } = JSON.parse(row) as Readonly<Record<string, unknown>>;
    return typeof timestamp === 'string' && typeof id === 'string' ? { timestamp, id } : undefined;
  } catch {
    return undefined;
  }
}
