// https://grafana.com/docs/alloy/latest/reference/components/loki/loki.process/#stagetruncate-block
import type { StepOf } from '@aegisguard/model';
import type { CompiledStep } from '../rule-run.ts';
import { keepValue } from '../store-values.ts';

/** Cuts the message or a value to so many bytes, its suffix among them, between characters. */
export function truncateStep({ source, bytesMax, suffix }: StepOf<'truncate'>): CompiledStep {
  const room = Math.max(0, bytesMax - Buffer.byteLength(suffix));
  return (entry, run) => {
    const text = entry.text(source);
    if (text === undefined || Buffer.byteLength(text) <= bytesMax) {
      return;
    }
    const cut = `${cutAt(text, room)}${suffix}`;
    if (source === undefined) {
      entry.setMessage(cut);
      entry.record.truncated = true;
    } else {
      keepValue(entry, run, source, cut, false);
    }
  };
}

function cutAt(text: string, bytes: number): string {
  const cut = Buffer.from(text.slice(0, bytes)).subarray(0, bytes).toString();
  // Half a character at the end came out as the replacement character.
  return text.startsWith(cut) ? cut : cut.replace(/\ufffd+$/, '');
}
