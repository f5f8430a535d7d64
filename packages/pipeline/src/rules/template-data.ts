import { type JsonObject, setMember } from '@aegisguard/model';
import type { WorkingEntry } from './working-entry.ts';

/** What a template sees by name: labels, over them what was extracted, and the message as `Entry`. */
export function templateData(entry: WorkingEntry): JsonObject {
  const { stream, metadata } = entry.allLabels();
  const data: JsonObject = { ...metadata, ...stream };
  for (const [name, value] of entry.values) {
    setMember(data, name, value);
  }
  data.Entry = entry.record.message;
  return data;
}
