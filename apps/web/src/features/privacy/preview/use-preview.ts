import type { PrivacyPolicy, PrivacyPreviewAnswer } from '@aegisguard/model';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useRested } from '../../../lib/use-rested.ts';
import { previewPolicy } from '../privacy-api.ts';

/** How long the writing must rest before it is asked what becomes of it. */
const REST_MS = 300;

/** What was asked, and what came out. */
export interface Preview {
  readonly text: string;
  readonly answer: PrivacyPreviewAnswer;
}

/** What a policy makes of a text that stands in a field. Asked when the writing rests; kept no longer than it is shown. */
export function usePreview(
  orgId: string,
  { text, field, policy }: { readonly text: string; readonly field: string; readonly policy: PrivacyPolicy },
): UseQueryResult<Preview> {
  const asked = useRested(JSON.stringify({ text, field, policy }), REST_MS);
  return useQuery({
    queryKey: ['privacy', 'preview', orgId, asked],
    queryFn: async ({ signal }) => {
      const body = JSON.parse(asked) as { text: string; field: string; policy: PrivacyPolicy };
      return { text: body.text, answer: await previewPolicy(orgId, body, signal) };
    },
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}
