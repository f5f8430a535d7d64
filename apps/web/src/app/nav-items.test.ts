import type { Permission } from '@aegisguard/model';
import { BookOpen } from 'lucide-react';
import { expect, it } from 'vitest';
import { type NavItem, visibleGroups } from './nav-items.ts';

const item = (label: string, more: Partial<NavItem> = {}): NavItem => ({
  label,
  icon: BookOpen,
  path: () => '/',
  ...more,
});
const GROUPS = [
  [item('logs', { permission: 'logs:read' })],
  [
    item('docs'),
    item('settings', {
      sections: [
        { slug: 'keys', label: 'Keys', permission: 'keys:read' },
        { slug: 'organization', label: 'Organization', permission: 'organization:write' },
      ],
    }),
    item('unfinished', { sections: [] }),
  ],
];
const shown = (permissions: readonly Permission[]) =>
  visibleGroups((permission) => permission === undefined || permissions.includes(permission), GROUPS).map((items) =>
    items.map(({ label }) => label),
  );

it('hides what the person may not see, and groups of which nothing is left', () => {
  expect(shown(['organization:read'])).toEqual([['docs']]);
});

it('shows a page with one section that may be seen', () => {
  expect(shown(['logs:read', 'keys:read'])).toEqual([['logs'], ['docs', 'settings']]);
});
