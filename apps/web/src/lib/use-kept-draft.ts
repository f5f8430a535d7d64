import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/** What is not saved stays until the tab is closed or the session ends, whatever other part of the application is looked at meanwhile. */
export function useKeptDraft<Draft>(
  area: string,
  orgId: string,
): readonly [Draft | null, (draft: Draft | null) => void] {
  const client = useQueryClient();
  const { data } = useQuery<Draft | null>({
    queryKey: [area, 'draft', orgId],
    queryFn: () => null,
    initialData: null,
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const keep = useCallback(
    (draft: Draft | null) => void client.setQueryData([area, 'draft', orgId], draft),
    [client, area, orgId],
  );
  return [data, keep];
}
