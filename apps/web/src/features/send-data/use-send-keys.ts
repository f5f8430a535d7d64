import type { ApiKeyView, NewApiKeyAnswer } from '@aegisguard/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiError, asApiError } from '../../lib/api-error.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { createKey, listKeys, suits } from './keys-api.ts';
import type { SendWay } from './snippets/snippet.ts';

/** Keys for a way of sending, and the making of one. */
export interface SendKeys {
  /** Those that fit. */
  readonly fitting: readonly ApiKeyView[];
  /** The chosen one, if it fits. */
  readonly chosen: ApiKeyView | undefined;
  /** Its secret, if it was made here: it is shown until the page is left, and kept nowhere. */
  readonly secret: string | undefined;
  readonly isLoading: boolean;
  readonly listError: ApiError | undefined;
  readonly isCreating: boolean;
  readonly createError: ApiError | undefined;
  readonly create: (origins: readonly string[]) => void;
}

interface Wanted {
  readonly way: SendWay;
  readonly origins: readonly string[];
}

/** Reads the keys that fit a way, where the role may, and makes one on demand, which is then chosen. */
export function useSendKeys(
  orgId: string,
  way: SendWay,
  keyId: string | undefined,
  mayRead: boolean,
  onChoose: (keyId: string) => void,
): SendKeys {
  const client = useQueryClient();
  const queryKey = ['apikeys', orgId];
  const list = useQuery({
    queryKey,
    queryFn: ({ signal }) => listKeys(orgId, signal),
    staleTime: 30_000,
    enabled: mayRead,
  });
  const [made, setMade] = useState<readonly NewApiKeyAnswer[]>([]);
  const creation = useMutation({
    mutationFn: ({ way: wanted, origins }: Wanted) =>
      createKey(orgId, {
        name: `${wanted.label}, ${new Date(serverNow()).toISOString().slice(0, 10)}`,
        kind: wanted.keyKind,
        scopes: [...wanted.scopes],
        ...(wanted.keyKind === 'browser' ? { origins: [...origins] } : {}),
      }),
    onSuccess: (key) => {
      setMade((before) => [key, ...before]);
      onChoose(key.id);
      void client.invalidateQueries({ queryKey });
    },
  });
  const listed = list.data ?? [];
  const known = [...made.filter(({ id }) => !listed.some((key) => key.id === id)), ...listed];
  const fitting = known.filter((key) => suits(key, way, serverNow()));
  const chosen = fitting.find(({ id }) => id === keyId);
  return {
    fitting,
    chosen,
    secret: made.find(({ id }) => id === chosen?.id)?.secret ?? undefined,
    isLoading: list.isPending,
    listError: list.error === null ? undefined : asApiError(list.error),
    isCreating: creation.isPending,
    createError:
      creation.error === null || creation.variables.way.id !== way.id ? undefined : asApiError(creation.error),
    create: (origins) => creation.mutate({ way, origins }),
  };
}
