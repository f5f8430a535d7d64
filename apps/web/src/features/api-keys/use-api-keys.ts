import { type ApiKeyView, KEY_ROUTES, type KeyVolumeAnswer } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { callRoute } from '../../lib/call-route.ts';
import { type RowList, useCursorList } from '../../lib/use-cursor-list.ts';

const PAGE_KEYS = 200;

/** Begins the keys of every query about the organization's API keys. */
export function apiKeysQuery(orgId: string, ...parts: readonly string[]): readonly string[] {
  return ['apikeys', orgId, ...parts];
}

/** The organization's keys, newest first. */
export function useApiKeys(orgId: string): RowList<ApiKeyView> {
  return useCursorList({
    queryKey: apiKeysQuery(orgId, 'table'),
    readPage: (cursor, signal) =>
      callRoute(KEY_ROUTES.listKeys, {
        query: { limit: PAGE_KEYS, ...(cursor === null ? {} : { cursor }) },
        orgId,
        signal,
      }),
  });
}

/** What one key sent. */
export type KeyVolume = KeyVolumeAnswer['items'][number];

/** What keys sent in the last 30 days, by their ids; undefined until that is known. */
export function useKeyVolumes(orgId: string): ReadonlyMap<string, KeyVolume> | undefined {
  const { data } = useQuery({
    queryKey: apiKeysQuery(orgId, 'volume'),
    queryFn: async ({ signal }) => {
      const { items } = await callRoute(KEY_ROUTES.keyVolume, { query: { days: 30 }, orgId, signal });
      return new Map(items.map((item) => [item.keyId, item]));
    },
    staleTime: 30_000,
  });
  return data;
}
