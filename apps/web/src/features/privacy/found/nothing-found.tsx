import type { PrivacyPolicy } from '@aegisguard/model';
import { ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ingestionPath } from '../../../app/paths.ts';
import { Button } from '../../../ui/button.tsx';
import { lookedFor } from '../kinds.ts';

function LookedFor({ policy }: { readonly policy: PrivacyPolicy }): ReactNode {
  const { on, off } = lookedFor(policy);
  return (
    <>
      <h3 className="mt-4 font-medium text-xs">What is looked for</h3>
      <ul aria-label="What is looked for" className="flex flex-wrap justify-center gap-1.5">
        {on.map((name) => (
          <li key={name} className="rounded-full border border-line bg-canvas px-2.5 py-0.5 text-muted text-xs">
            {name}
          </li>
        ))}
      </ul>
      {off.length === 0 ? null : <p className="text-muted text-xs">Not looked for: {off.join(', ')}.</p>}
    </>
  );
}

/** Says that nothing was found, and what is looked for. */
export function NothingFound({
  orgId,
  rangeWords,
  policy,
  onWiden,
}: {
  readonly orgId: string;
  readonly rangeWords: string;
  readonly policy: PrivacyPolicy | undefined;
  /** Looks at a longer time; undefined where it is long already. */
  readonly onWiden: (() => void) | undefined;
}): ReactNode {
  return (
    <div className="mx-auto flex max-w-2xl flex-col items-center gap-2 px-6 py-12 text-center">
      <ShieldCheck aria-hidden className="size-6 text-accent" />
      <h2 className="font-semibold text-base">Nothing was found</h2>
      <p className="text-muted">
        In <span className="text-text">{rangeWords}</span> no personal data and no secrets were found in what came in.
      </p>
      {policy === undefined ? null : <LookedFor policy={policy} />}
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        {onWiden === undefined ? null : <Button onClick={onWiden}>Look at the last 24 hours</Button>}
        <Button asChild>
          <Link to={ingestionPath(orgId)}>What came in</Link>
        </Button>
      </div>
    </div>
  );
}
