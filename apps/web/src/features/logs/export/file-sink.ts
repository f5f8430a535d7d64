// https://developer.mozilla.org/en-US/docs/Web/API/Window/showSaveFilePicker

import { downloadBlob } from '../../../lib/download-text.ts';
import type { ExportSink } from './export-logs.ts';

/** The most that is gathered in the browser where it cannot write to a file as it comes. */
export const GATHERED_BYTES_MAX = 512 * 2 ** 20;

/** A file that rows go to. */
export interface FileSink extends ExportSink {
  /** Saves what came. */
  readonly save: () => Promise<void>;
  /** Gives up; nothing half is left. */
  readonly discard: () => Promise<void>;
}

/** What browsers with the picker have. */
interface PickerWindow {
  readonly showSaveFilePicker?: (options: { readonly suggestedName: string }) => Promise<{
    readonly createWritable: () => Promise<{
      readonly write: (bytes: Uint8Array) => Promise<void>;
      readonly close: () => Promise<void>;
      readonly abort: () => Promise<void>;
    }>;
  }>;
}

/** True where rows can be written to a file as they come, however many. */
export function writesToFile(): boolean {
  return (window as PickerWindow).showSaveFilePicker !== undefined;
}

/** Gathers rows, and saves them as a download. */
function gatheringSink(fileName: string): FileSink {
  let pieces: BlobPart[] = [];
  let size = 0;
  return {
    write: async (bytes) => {
      pieces.push(bytes.slice());
      size += bytes.length;
      return size < GATHERED_BYTES_MAX;
    },
    save: async () => downloadBlob(fileName, new Blob(pieces)),
    discard: async () => {
      pieces = [];
    },
  };
}

/** Asks where to save, in answer to a click; undefined when the person would rather not. */
export async function openFileSink(fileName: string): Promise<FileSink | undefined> {
  const pick = (window as PickerWindow).showSaveFilePicker?.bind(window);
  if (pick === undefined) {
    return gatheringSink(fileName);
  }
  try {
    const file = await (await pick({ suggestedName: fileName })).createWritable();
    return {
      write: async (bytes) => {
        await file.write(bytes);
        return true;
      },
      save: () => file.close(),
      discard: () => file.abort(),
    };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      return undefined;
    }
    throw error;
  }
}
