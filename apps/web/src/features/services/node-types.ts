import type { GraphNodeType } from '@aegisguard/model';
import { Box, Database, Globe, type LucideIcon, MessagesSquare, UserRound } from 'lucide-react';

/** How each type of node looks. */
export const NODE_ICONS: Readonly<Record<GraphNodeType, LucideIcon>> = {
  service: Box,
  database: Database,
  messaging: MessagesSquare,
  external: Globe,
  user: UserRound,
};

/** What each type is called. */
export const NODE_WORDS: Readonly<Record<GraphNodeType, string>> = {
  service: 'Service',
  database: 'Database',
  messaging: 'Queue or topic',
  external: 'External',
  user: 'Callers without spans',
};

/** How a node is called: who calls without spans has no name, and a service may have none. */
export function nodeName({ type, name }: { readonly type: GraphNodeType; readonly name: string }): string {
  return type === 'user' ? NODE_WORDS.user : name.trim() === '' ? '(no name)' : name;
}
