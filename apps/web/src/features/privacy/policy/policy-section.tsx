import { type ReactNode, useId } from 'react';

/** A part of the policy, with its heading and what it is for. */
export function PolicySection({
  title,
  about,
  children,
}: {
  readonly title: string;
  readonly about: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <div>
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        <p className="max-w-2xl text-muted text-xs">{about}</p>
      </div>
      {children}
    </section>
  );
}
