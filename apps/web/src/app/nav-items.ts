import { ArrowDownToLine, type LucideIcon, PlugZap, ScrollText, ShieldCheck } from 'lucide-react';
import { ingestionPath, logsPath, privacyPath, sendDataPath } from './paths.ts';

/** A page of the navigation. */
export interface NavItem {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly path: (orgId: string) => string;
}

/** The pages that there are, in their order. */
export const NAV_ITEMS: readonly NavItem[] = [
  { label: 'Logs', icon: ScrollText, path: logsPath },
  { label: 'Ingestion', icon: ArrowDownToLine, path: ingestionPath },
  { label: 'Privacy', icon: ShieldCheck, path: privacyPath },
  { label: 'Send data', icon: PlugZap, path: sendDataPath },
];
