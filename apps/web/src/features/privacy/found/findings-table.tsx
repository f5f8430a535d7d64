import { Fragment, type ReactNode } from 'react';
import { formatCount } from '../../../lib/number-format.ts';
import { kindName, kindWhat } from '../kinds.ts';
import { strategyDone } from '../strategies.ts';
import type { KindFindings } from './findings-summary.ts';
import type { KindColors } from './kind-colors.ts';
import { PlaceList } from './place-list.tsx';

/** What was done; how often each, where a policy has changed meanwhile. */
function Done({ strategies }: Pick<KindFindings, 'strategies'>): ReactNode {
  return strategies.map(({ strategy, count }) => (
    <Fragment key={strategy}>
      <span className="whitespace-nowrap">
        {strategyDone(strategy)}
        {strategies.length > 1 ? <span className="text-muted"> {formatCount(count)}</span> : null}
      </span>
      <br />
    </Fragment>
  ));
}

function Row({
  findings,
  color,
  isChosen,
  onKind,
}: {
  readonly findings: KindFindings;
  readonly color: string;
  readonly isChosen: boolean;
  readonly onKind: (kind: string | undefined) => void;
}): ReactNode {
  const { kind, total, strategies, signals } = findings;
  return (
    <tr className="border-line border-b align-top">
      <th scope="row" className="py-2 pr-4 text-left font-normal">
        <button
          type="button"
          aria-pressed={isChosen}
          title={isChosen ? 'Show all kinds' : 'Show this kind only'}
          className="-mx-1.5 flex items-baseline gap-1.5 rounded px-1.5 text-left font-medium hover:bg-hover aria-pressed:bg-selected"
          onClick={() => onKind(isChosen ? undefined : kind)}
        >
          <span aria-hidden className={`size-2 shrink-0 rounded-[2px] ${color}`} />
          <span className="min-w-0 break-words">{kindName(kind)}</span>
        </button>
        <p className="text-muted text-xs">{kindWhat(kind)}</p>
        <div className="pt-1 md:hidden">
          <Done strategies={strategies} />
          <PlaceList findings={findings} />
        </div>
      </th>
      <td className="py-2 pr-4 max-md:hidden">
        <Done strategies={strategies} />
      </td>
      <td className="py-2 text-right md:pr-8">
        {formatCount(total)}
        {signals.map(({ signal, count }) => (
          <span key={signal} className="block whitespace-nowrap text-2xs text-subtle">
            {signal}
            {signals.length > 1 ? ` ${formatCount(count)}` : null}
          </span>
        ))}
      </td>
      <td className="py-2 max-md:hidden">
        <PlaceList findings={findings} />
      </td>
    </tr>
  );
}

/** What each kind is, what was done with it, how often and where it was found. */
export function FindingsTable({
  kinds,
  chosen,
  colors,
  onKind,
}: {
  readonly kinds: readonly KindFindings[];
  readonly chosen: string | undefined;
  readonly colors: KindColors;
  readonly onKind: (kind: string | undefined) => void;
}): ReactNode {
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Kinds that were found</caption>
      <thead>
        <tr className="border-line border-b text-left text-subtle text-xs">
          <th scope="col" className="py-1.5 pr-4 font-medium md:w-[36%]">
            Kind
          </th>
          <th scope="col" className="pr-4 font-medium max-md:hidden md:w-32">
            What was done
          </th>
          <th scope="col" className="w-16 text-right font-medium md:w-32 md:pr-8">
            Found
          </th>
          <th scope="col" className="font-medium max-md:hidden">
            Where
          </th>
        </tr>
      </thead>
      <tbody className="tabular-nums">
        {kinds.map((findings) => (
          <Row
            key={findings.kind}
            findings={findings}
            color={colors.background(findings.kind)}
            isChosen={chosen === findings.kind}
            onKind={onKind}
          />
        ))}
      </tbody>
    </table>
  );
}
