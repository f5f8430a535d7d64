import type { ReactNode } from 'react';
import { formatBytes, formatCount } from '../../lib/number-format.ts';
import { formatClock, formatDay } from '../../lib/timestamp.ts';
import type { SenderRow } from './ingest-summary.ts';
import { kindBackground } from './kind-style.ts';
import { keyWords, PROTOCOL_WORDS, rateWords } from './words.ts';

/** A row more than these belongs under a filter. */
const ROWS_MAX = 200;

/** `Nov 26 11:02`. */
export function momentWords(ms: number | undefined): string {
  return ms === undefined ? '–' : `${formatDay(ms)} ${formatClock(ms).slice(0, 5)}`;
}

/** Who sends what, by which protocol, and how much of it is refused. */
export function SendersTable({
  senders,
  keyId,
  onKey,
}: {
  readonly senders: readonly SenderRow[];
  readonly keyId: string | undefined;
  readonly onKey: (keyId: string | undefined) => void;
}): ReactNode {
  return (
    <table className="w-full text-sm max-md:text-xs">
      <caption className="sr-only">Keys and protocols</caption>
      <thead>
        <tr className="border-line border-b text-left text-subtle text-xs">
          <th scope="col" className="py-1.5 pr-3 font-medium">
            Key
          </th>
          <th scope="col" className="pr-3 font-medium">
            Signal
          </th>
          <th scope="col" className="pr-3 font-medium max-md:hidden">
            Protocol
          </th>
          <th scope="col" className="whitespace-nowrap pr-3 text-right font-medium">
            Mean rate
          </th>
          <th scope="col" className="pr-3 text-right font-medium">
            Accepted
          </th>
          <th scope="col" className="pr-3 text-right font-medium max-md:hidden">
            Volume
          </th>
          <th scope="col" className="pr-3 text-right font-medium">
            Refused
          </th>
          <th scope="col" className="text-right font-medium max-md:hidden">
            Last seen
          </th>
        </tr>
      </thead>
      <tbody className="tabular-nums">
        {senders.slice(0, ROWS_MAX).map((row) => (
          <tr key={row.id} className="border-line border-b">
            <th scope="row" className="py-1 pr-3 text-left font-normal">
              <button
                type="button"
                aria-pressed={keyId === row.keyId}
                title={keyId === row.keyId ? 'Show all keys' : 'Show this key only'}
                className="-mx-1.5 break-all rounded px-1.5 text-left hover:bg-hover aria-pressed:bg-selected"
                onClick={() => onKey(keyId === row.keyId ? undefined : row.keyId)}
              >
                {keyWords(row)}
              </button>
            </th>
            <td className="whitespace-nowrap pr-3">
              <span aria-hidden className={`mr-1.5 inline-block size-2 rounded-[2px] ${kindBackground(row.signal)}`} />
              {row.signal}
            </td>
            <td className="whitespace-nowrap pr-3 max-md:hidden">{PROTOCOL_WORDS[row.protocol]}</td>
            <td className="whitespace-nowrap pr-3 text-right">{rateWords(row.perSecond)}</td>
            <td className="pr-3 text-right">{formatCount(row.accepted)}</td>
            <td className="whitespace-nowrap pr-3 text-right max-md:hidden">{formatBytes(row.bytes)}</td>
            <td className={`pr-3 text-right ${row.refused > 0 ? 'font-medium text-danger' : 'text-subtle'}`}>
              {formatCount(row.refused)}
            </td>
            <td className="whitespace-nowrap text-right max-md:hidden">{momentWords(row.lastMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
