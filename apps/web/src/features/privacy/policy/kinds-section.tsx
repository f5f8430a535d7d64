import { DEFAULT_PRIVACY_POLICY, type DetectorName, type PrivacyPolicy } from '@aegisguard/model';
import { ArrowRight, TriangleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { type KindGroup, kindName, kindsOf, kindWhat } from '../kinds.ts';
import { usePreview } from '../preview/use-preview.ts';
import { STRATEGY_CHOICE, STRATEGY_MEANING, type Strategy, strategiesOf } from '../strategies.ts';
import { EXAMPLES_TEXT, exampleOutcomes, KIND_EXAMPLES } from './kind-examples.ts';
import { PolicySection } from './policy-section.tsx';
import type { PolicyForm } from './use-policy-form.ts';

const GROUPS: readonly { readonly group: KindGroup; readonly title: string; readonly about: string }[] = [
  { group: 'secrets', title: 'Secrets', about: 'What opens doors. Whoever may read your telemetry could use it.' },
  { group: 'persons', title: 'Personal data', about: 'What says who somebody is, or how to reach them.' },
  {
    group: 'addresses',
    title: 'Addresses',
    about: 'Where a client is, its country and city, is looked up before its address is truncated.',
  },
];

function Example({ from, to }: { readonly from: string; readonly to: string | undefined }): ReactNode {
  return (
    <p className="flex min-w-0 flex-col text-xs">
      <code className="truncate font-mono text-subtle" title={from}>
        {from}
      </code>
      <span className="flex min-w-0 items-baseline gap-1">
        <ArrowRight aria-hidden className="size-3 shrink-0 self-start translate-y-0.5 text-subtle" />
        <span className="sr-only">becomes</span>
        {to === undefined || to === from ? (
          <span className="text-muted">{to === undefined ? '…' : 'stays as it is'}</span>
        ) : to.trim() === '' ? (
          <span className="text-muted">nothing</span>
        ) : (
          <code className="min-w-0 break-words font-mono text-text [overflow-wrap:anywhere]">{to}</code>
        )}
      </span>
    </p>
  );
}

function KindRow({
  kind,
  policy: { form, fields },
  outcome,
}: {
  readonly kind: DetectorName;
  readonly policy: PolicyForm;
  readonly outcome: string | undefined;
}): ReactNode {
  const id = useId();
  const isKeptSecret = fields.detectors[kind] === 'keep' && kindsOf('secrets').includes(kind);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_7.5rem] items-start gap-x-4 gap-y-1.5 border-line border-b px-4 py-2.5 last:border-0 lg:grid-cols-[minmax(0,1fr)_7.5rem_minmax(0,17rem)]">
      <div>
        <label htmlFor={id} className="font-medium">
          {kindName(kind)}
        </label>
        <p className="text-muted text-xs">{kindWhat(kind)}</p>
        {kind === 'ip' ? (
          <Switch
            label="Private and loopback addresses, too"
            className="mt-1.5 text-muted text-xs"
            {...form.register('scrubPrivateAddresses')}
          />
        ) : null}
      </div>
      <Select
        id={id}
        aria-describedby={isKeptSecret ? `${id}-warning` : undefined}
        {...form.register(`detectors.${kind}`)}
      >
        {strategiesOf(kind).map((strategy) => (
          <option key={strategy} value={strategy}>
            {STRATEGY_CHOICE[strategy]}
          </option>
        ))}
      </Select>
      <div className="max-lg:col-span-2">
        <Example from={KIND_EXAMPLES[kind]} to={outcome} />
      </div>
      {isKeptSecret ? (
        <p id={`${id}-warning`} className="col-span-full flex gap-1.5 text-danger text-xs">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          <span>
            {kindName(kind)} will be stored as they come, and everybody who may read this organization’s telemetry can
            use them.
          </span>
        </p>
      ) : null}
    </li>
  );
}

/** What each choice means, for those who want to know. */
function Meanings(): ReactNode {
  const strategies = Object.keys(STRATEGY_CHOICE) as Strategy[];
  return (
    <dl className="grid max-w-2xl grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
      {strategies.map((strategy) => (
        <div key={strategy} className="contents">
          <dt className="font-medium">{STRATEGY_CHOICE[strategy]}</dt>
          <dd className="text-muted">{STRATEGY_MEANING[strategy]}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Each kind, what becomes of it, and what that looks like. */
export function KindsSection({
  orgId,
  policy,
  current,
}: {
  readonly orgId: string;
  readonly policy: PolicyForm;
  readonly current: PrivacyPolicy;
}): ReactNode {
  const { detectors, scrubPrivateAddresses } = current;
  const preview = usePreview(orgId, {
    text: EXAMPLES_TEXT,
    field: 'message',
    policy: { ...DEFAULT_PRIVACY_POLICY, detectors, scrubPrivateAddresses },
  });
  const outcomes = preview.data === undefined ? undefined : exampleOutcomes(preview.data.answer.text);
  return (
    <>
      <PolicySection
        title="What can become of what is found"
        about="It happens before anything is stored, to logs, metrics, traces and what browsers send."
      >
        <Meanings />
      </PolicySection>
      {GROUPS.map(({ group, title, about }) => (
        <PolicySection key={group} title={title} about={about}>
          <ul className="rounded-lg border border-line">
            {kindsOf(group).map((kind) => (
              <KindRow key={kind} kind={kind} policy={policy} outcome={outcomes?.get(kind)} />
            ))}
          </ul>
        </PolicySection>
      ))}
    </>
  );
}
