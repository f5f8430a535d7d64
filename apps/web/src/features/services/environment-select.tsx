import type { ReactNode } from 'react';
import type { Run } from '../../lib/use-run.ts';
import { Select } from '../../ui/select.tsx';
import { useEnvironments } from './use-services.ts';

/** An environment's name cannot be this. */
const ALL = '\n';

/** In which environment a page looks; absent where there is nothing to choose. */
export function EnvironmentSelect({
  orgId,
  run,
  env,
  onChange,
}: {
  readonly orgId: string;
  readonly run: Run;
  readonly env: string | undefined;
  readonly onChange: (env: string | undefined) => void;
}): ReactNode {
  const { data } = useEnvironments(orgId, run);
  const found = data?.environments.map(({ env: each }) => each) ?? [];
  const names = env === undefined || found.includes(env) ? found : [...found, env];
  return names.length < 2 && env === undefined ? null : (
    <Select
      aria-label="Environment"
      className="w-auto min-w-0 max-w-44 max-sm:max-w-32 max-sm:px-1 max-sm:text-xs"
      value={env ?? ALL}
      onChange={({ target }) => onChange(target.value === ALL ? undefined : target.value)}
    >
      <option value={ALL}>All environments</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {name === '' ? '(no environment)' : name}
        </option>
      ))}
    </Select>
  );
}
