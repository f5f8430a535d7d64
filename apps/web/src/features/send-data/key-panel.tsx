import type { ApiKeyView } from '@aegisguard/model';
import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { readOrigin } from '../../lib/key-origin.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { lackedSignals, optionWords } from './keys-api.ts';
import { type SendWay, secretPlaceholder } from './snippets/snippet.ts';
import type { SendKeys } from './use-send-keys.ts';

const KIND_WORDS = {
  token: 'a token',
  signed: 'a key that signs',
  browser: 'a browser key',
} as const satisfies Record<SendWay['keyKind'], string>;

/** Makes a key; a browser key needs to know which pages may use it. */
function CreateKey({ way, keys }: { readonly way: SendWay; readonly keys: SendKeys }): ReactNode {
  const [origin, setOrigin] = useState('');
  const [isTried, setTried] = useState(false);
  const needsOrigin = way.keyKind === 'browser';
  const wanted = readOrigin(origin);
  const isMissing = needsOrigin && wanted === undefined;
  return (
    <form
      noValidate
      className="flex flex-wrap items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isMissing) {
          keys.create(needsOrigin && wanted !== undefined ? [wanted] : []);
        }
      }}
    >
      {needsOrigin ? (
        <Field
          label="Origin of your pages"
          className="w-72"
          hint="https://*.example.com allows all of its subdomains"
          error={isTried && isMissing ? 'An origin such as https://shop.example.com is needed.' : undefined}
        >
          {(control) => (
            <Input
              {...control}
              value={origin}
              placeholder="https://shop.example.com"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setOrigin(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <Button type="submit" variant="primary" disabled={keys.isCreating} className={needsOrigin ? 'mt-5' : ''}>
        <KeyRound aria-hidden />
        Create a key for this
      </Button>
    </form>
  );
}

/** What the chosen key is not allowed to do, before a refusal says so. */
function Limits({ way, apiKey }: { readonly way: SendWay; readonly apiKey: ApiKeyView }): ReactNode {
  const lacked = lackedSignals(apiKey, way);
  return (
    <>
      {lacked.length === 0 ? null : (
        <Notice kind="info">This key may not write {lacked.join(' and ')}: they will be refused.</Notice>
      )}
      {way.keyKind === 'browser' ? (
        <p className="break-words text-muted">
          Pages of {apiKey.origins.length === 0 ? 'no origin' : apiKey.origins.join(', ')} may use this key.
        </p>
      ) : null}
    </>
  );
}

/** The key that the snippets name: an existing one, or one made here. */
export function KeyPanel({
  way,
  keys,
  mayCreate,
  onChoose,
}: {
  readonly way: SendWay;
  readonly keys: SendKeys;
  readonly mayCreate: boolean;
  readonly onChoose: (keyId: string | undefined) => void;
}): ReactNode {
  const { chosen, fitting, secret, listError, createError } = keys;
  return (
    <section aria-label="Key" className="flex flex-col gap-3">
      <div className={`flex flex-wrap gap-x-4 gap-y-2 ${way.keyKind === 'browser' ? 'items-start' : 'items-end'}`}>
        {mayCreate ? <CreateKey key={way.id} way={way} keys={keys} /> : null}
        {fitting.length === 0 ? null : (
          <Field label={mayCreate ? 'or use' : 'Key'} className="min-w-48">
            {(control) => (
              <Select
                {...control}
                className="max-w-72"
                value={chosen?.id ?? ''}
                onChange={(event) => onChoose(event.target.value === '' ? undefined : event.target.value)}
              >
                <option value="">choose a key</option>
                {fitting.map((key) => (
                  <option key={key.id} value={key.id}>
                    {optionWords(key, fitting)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
      </div>
      {mayCreate ? null : (
        <p className="text-muted">
          It takes {KIND_WORDS[way.keyKind]}. Owners and admins of the organization can make one.
        </p>
      )}
      {createError === undefined ? null : (
        <Notice kind="error">
          No key was made: {createError.title}. {createError.detail}
        </Notice>
      )}
      {listError === undefined ? null : <Notice kind="error">The keys could not be read: {listError.title}.</Notice>}
      {secret === undefined ? null : (
        <Notice kind="info">The secret stands in the texts below, now and never again: copy what you need.</Notice>
      )}
      {chosen === undefined ? null : <Limits way={way} apiKey={chosen} />}
      {chosen !== undefined && secret === undefined && way.keyKind !== 'browser' ? (
        <p className="text-muted">
          The secret of “{chosen.name}” was shown when it was made. Put it where the texts below say{' '}
          <code className="font-mono text-xs">{secretPlaceholder(way)}</code>.
        </p>
      ) : null}
    </section>
  );
}
