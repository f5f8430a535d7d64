import type { LogExportRequest } from '@aegisguard/model';
import { type ExportFormat, placeOfRow, type RowPlace, RowSplitter } from './row-splitter.ts';

/** What is exported. */
export type ExportQuestion = Omit<LogExportRequest, 'after'>;

/** How far an export has come. */
export interface ExportProgress {
  readonly rows: number;
  readonly bytes: number;
}

/** Where an export ended: at its end, at the file's limit, or where it can go on. */
export interface ExportEnd extends ExportProgress {
  readonly isWhole: boolean;
  /** A connection broke and did not come back. */
  readonly error: unknown;
}

/** Where rows go. */
export interface ExportSink {
  /** False when no more fits. */
  readonly write: (bytes: Uint8Array) => Promise<boolean>;
}

/** Broken connections in a row, without a new row between them, before it is given up. */
const TRIES_MAX = 3;

/** One part of the answer: rows after a place. */
export type AskPart = (after: RowPlace | undefined) => Promise<ReadableStream<Uint8Array>>;

interface PartEnd {
  readonly rows: number;
  readonly last: RowPlace | undefined;
  readonly isFull: boolean;
  readonly error: unknown;
}

/** Writes the whole rows of a part, without the names of columns where they stand already. */
class PartWriter {
  readonly #format: ExportFormat;
  readonly #sink: ExportSink;
  readonly #onBytes: (bytes: number, rows: number) => void;
  /** The names of columns have to come, or to be left out. */
  #names: 'write' | 'skip' | 'done';

  constructor(
    format: ExportFormat,
    isFirst: boolean,
    sink: ExportSink,
    onBytes: (bytes: number, rows: number) => void,
  ) {
    this.#format = format;
    this.#sink = sink;
    this.#onBytes = onBytes;
    this.#names = format === 'csv' ? (isFirst ? 'write' : 'skip') : 'done';
  }

  async write(stream: ReadableStream<Uint8Array>): Promise<PartEnd> {
    const splitter = new RowSplitter(this.#format);
    let last: RowPlace | undefined;
    let rows = 0;
    let isFull = false;
    let error: unknown;
    const take = async (whole: Uint8Array): Promise<void> => {
      const bytes = this.#withoutNames(whole);
      const counted = splitter.rows - (this.#format === 'csv' ? 1 : 0);
      last = placeOfRow(this.#format, splitter.lastRow ?? '') ?? last;
      isFull = bytes.length > 0 && !(await this.#sink.write(bytes));
      this.#onBytes(bytes.length, counted - rows);
      rows = counted;
    };
    try {
      for await (const chunk of readAll(stream)) {
        const whole = splitter.push(chunk);
        if (whole.length > 0) {
          await take(whole);
        }
        if (isFull) {
          break;
        }
      }
      const rest = isFull ? undefined : splitter.end();
      if (rest !== undefined && rest.length > 0) {
        await take(rest);
      }
    } catch (cause) {
      error = cause;
    }
    return { rows: Math.max(0, rows), last, isFull, error };
  }

  #withoutNames(whole: Uint8Array): Uint8Array {
    const names = this.#names;
    this.#names = 'done';
    return names === 'skip' ? whole.subarray(whole.indexOf(0x0a) + 1) : whole;
  }
}

// Browsers' streams can be gone through only by their readers.
async function* readAll(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      yield read.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * Exports all logs of a question: part after part, each asked for after the last row of the one before, until one has no rows. A connection that breaks is such an end, too; only whole rows are
 * written, each once. Throws what the first part throws, and when `signal` is aborted.
 */
export async function exportLogs(
  format: ExportFormat,
  ask: AskPart,
  sink: ExportSink,
  signal: AbortSignal,
  onProgress: (progress: ExportProgress) => void,
): Promise<ExportEnd> {
  const progress = { rows: 0, bytes: 0 };
  let after: RowPlace | undefined;
  let isFirst = true;
  let failures = 0;
  for (;;) {
    signal.throwIfAborted();
    const end = await exportPart(format, ask, sink, { after, isFirst }, (bytes, rows) => {
      progress.bytes += bytes;
      progress.rows += rows;
      onProgress({ ...progress });
    });
    signal.throwIfAborted();
    if (end.error !== undefined && isFirst && progress.bytes === 0) {
      throw end.error;
    }
    isFirst = progress.bytes === 0;
    after = end.last ?? after;
    failures = end.error === undefined || end.rows > 0 ? 0 : failures + 1;
    if (end.isFull || failures === TRIES_MAX) {
      return { ...progress, isWhole: false, error: end.error };
    }
    if (end.error === undefined && end.rows === 0) {
      return { ...progress, isWhole: true, error: undefined };
    }
  }
}

async function exportPart(
  format: ExportFormat,
  ask: AskPart,
  sink: ExportSink,
  { after, isFirst }: { readonly after: RowPlace | undefined; readonly isFirst: boolean },
  onBytes: (bytes: number, rows: number) => void,
): Promise<PartEnd> {
  try {
    return await new PartWriter(format, isFirst, sink, onBytes).write(await ask(after));
  } catch (error) {
    return { rows: 0, last: undefined, isFull: false, error };
  }
}
