import { PrivacyPolicy } from '@aegisguard/model';
import { type ReactNode, useMemo } from 'react';
import { Controller } from 'react-hook-form';
import { Select } from '../../../ui/select.tsx';
import { PolicySection } from './policy-section.tsx';
import { allRegions, regionName } from './regions.ts';
import { TokenList } from './token-list.tsx';
import type { PolicyForm } from './use-policy-form.ts';

const Regions = PrivacyPolicy.shape.phoneRegions;

/** Whose national ways of writing phone numbers are looked for. */
export function RegionsSection({
  policy: { form },
  isReadOnly,
}: {
  readonly policy: PolicyForm;
  readonly isReadOnly: boolean;
}): ReactNode {
  const regions = useMemo(allRegions, []);
  return (
    <PolicySection
      title="Phone regions"
      about="Countries whose phone numbers are found without their country code. With it, numbers of every country are found."
    >
      <Controller
        control={form.control}
        name="phoneRegions"
        render={({ field: { value, onChange } }) => (
          <>
            {value.length === 0 ? <p className="text-muted text-sm">None: only numbers with a country code.</p> : null}
            <TokenList
              label="Phone regions"
              isReadOnly={isReadOnly}
              tokens={value.map((code) => ({ id: code, words: regionName(code) }))}
              onRemove={(code) => onChange(value.filter((each) => each !== code))}
            />
            {isReadOnly || !Regions.safeParse([...value, 'US']).success ? null : (
              <Select
                aria-label="Add a country"
                className="max-w-64 self-start"
                value=""
                onChange={(event) => onChange([...value, event.target.value])}
              >
                <option value="">Add a country…</option>
                {regions
                  .filter((code) => !value.includes(code))
                  .map((code) => (
                    <option key={code} value={code}>
                      {regionName(code)}
                    </option>
                  ))}
              </Select>
            )}
          </>
        )}
      />
    </PolicySection>
  );
}
