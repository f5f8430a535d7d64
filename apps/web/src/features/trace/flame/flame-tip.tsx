import type { ReactNode } from 'react';

/** What is said of the frame under the pointer, beside it. */
export function FlameTip({
  x,
  y,
  width,
  children,
}: {
  readonly x: number;
  readonly y: number;
  /** Of the surface that it stands over. */
  readonly width: number;
  readonly children: ReactNode;
}): ReactNode {
  const isRight = x > width / 2;
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute top-0 left-0 z-20 max-w-80 rounded-md border border-line-strong bg-raised px-2 py-1.5 text-xs shadow-float"
      style={{
        transform: `translate(${x + (isRight ? -12 : 12)}px, ${y + 14}px) ${isRight ? 'translateX(-100%)' : ''}`,
      }}
    >
      {children}
    </div>
  );
}

/** Names and values of a tip. */
export function TipFacts({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: string])[];
}): ReactNode {
  return (
    <dl className="mt-1 grid grid-cols-[auto_auto] gap-x-3 tabular-nums">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-subtle">{name}</dt>
          <dd className="text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
