import { useParams } from 'react-router';

/** The organization that the address names. Only for pages below `ORGANIZATION_PATH`. */
export function useOrgId(): string {
  const { orgId } = useParams();
  if (orgId === undefined) {
    throw new Error('this page needs an organization in its address');
  }
  return orgId;
}
