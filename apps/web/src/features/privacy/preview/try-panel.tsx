import type { PrivacyPolicy } from '@aegisguard/model';
import { type ReactNode, useId, useState } from 'react';
import { type ApiError, asApiError } from '../../../lib/api-error.ts';
import { classNames } from '../../../lib/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { kindName } from '../kinds.ts';
import { policyErrors } from '../privacy-api.ts';
import { strategyDone } from '../strategies.ts';
import { resultParts, sourceParts, type TextPart } from './marked-text.ts';
import { type Preview, usePreview } from './use-preview.ts';

/** The API's limits, UTF-16 units. */
const TEXT_LENGTH_MAX = 10_000;
const FIELD_LENGTH_MAX = 200;

const FIRST_TEXT =
  'Ada signed in as ada.lovelace@example.com from 198.51.100.77 and paid with card 4242 4242 4242 4242.';

/** The text field and what is drawn behind it must break lines alike. */
const LAYER =
  'col-start-1 row-start-1 min-h-28 w-full whitespace-pre-wrap break-words p-2.5 font-mono text-xs leading-5 [overflow-wrap:anywhere]';

function Parts({ parts, markClass }: { readonly parts: readonly TextPart[]; readonly markClass: string }): ReactNode {
  let at = 0;
  return parts.map(({ text, kind }) => {
    at += text.length;
    return kind === undefined ? (
      text
    ) : (
      <mark key={at} title={kindName(kind)} className={classNames('rounded-[2px]', markClass)}>
        {text}
      </mark>
    );
  });
}

/** `E-mail addresses (redacted) ×2, Payment cards (masked)`. */
function foundWords({ answer: { findings } }: Preview): string {
  const counts = new Map<string, number>();
  for (const { detector, strategy } of findings) {
    const words = `${kindName(detector)} (${strategyDone(strategy)})`;
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => (count === 1 ? words : `${words} ×${count}`)).join(', ');
}

function faultWords(error: ApiError, policy: PrivacyPolicy): string {
  const [fault] = policyErrors(error);
  const rule = /^customRules\.(\d+)\./.exec(fault?.path ?? '')?.[1];
  const name = rule === undefined ? undefined : policy.customRules[Number(rule)]?.name;
  return fault === undefined ? error.title : `${name === undefined ? fault.path : `Rule ${name}`}: ${fault.message}`;
}

/** Where a text can be tried on the policy as it is being written. */
export function TryPanel({ orgId, policy }: { readonly orgId: string; readonly policy: PrivacyPolicy }): ReactNode {
  const [text, setText] = useState(FIRST_TEXT);
  const [field, setField] = useState('message');
  const preview = usePreview(orgId, { text, field: field.trim() === '' ? 'message' : field.trim(), policy });
  const { data, error } = preview;
  const isCurrent = data !== undefined && data.text === text;
  const id = useId();
  return (
    <section aria-labelledby={`${id}-title`} className="flex flex-col gap-3">
      <div>
        <h2 id={`${id}-title`} className="font-semibold text-base">
          Try it
        </h2>
        <p className="text-muted text-xs">
          On the policy as it stands here, saved or not. What you write is looked at by the server and not kept.
        </p>
      </div>
      <Field label="Name of the field" hint="As attributes.user.note; some names alone say that a value is secret.">
        {(control) => (
          <Input
            {...control}
            value={field}
            maxLength={FIELD_LENGTH_MAX}
            className="font-mono text-xs"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setField(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-col gap-1">
        <label htmlFor={`${id}-text`} className="font-medium text-xs">
          Text
        </label>
        <div className="scrollbar-slim grid max-h-64 overflow-y-auto rounded-md border border-line-input bg-canvas focus-within:border-focus focus-within:outline-1 focus-within:outline-focus">
          <pre aria-hidden className={classNames(LAYER, 'pointer-events-none m-0')}>
            <Parts
              parts={isCurrent ? sourceParts(text, data.answer.findings) : [{ text, kind: undefined }]}
              markClass="bg-mark text-mark-text"
            />{' '}
          </pre>
          <textarea
            id={`${id}-text`}
            value={text}
            maxLength={TEXT_LENGTH_MAX}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            className={classNames(
              LAYER,
              'resize-none overflow-hidden bg-transparent text-transparent caret-text outline-none',
            )}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
      </div>
      <section aria-labelledby={`${id}-result`} className="flex flex-col gap-1">
        <h3 id={`${id}-result`} className="font-medium text-xs">
          What would be stored
        </h3>
        {error === null ? (
          <>
            <pre className="min-h-12 whitespace-pre-wrap break-words rounded-md border border-line bg-canvas p-2.5 font-mono text-xs leading-5 [overflow-wrap:anywhere]">
              {data === undefined ? null : (
                <Parts parts={resultParts(data.text, data.answer)} markClass="bg-selected text-text" />
              )}
            </pre>
            <p role="status" className="min-h-4 text-muted text-xs">
              {data === undefined
                ? null
                : data.answer.findings.length === 0
                  ? 'Nothing was found in it.'
                  : `Found: ${foundWords(data)}.`}
            </p>
          </>
        ) : (
          <p role="alert" className="break-words text-danger text-xs">
            {faultWords(asApiError(error), policy)}
          </p>
        )}
      </section>
    </section>
  );
}
