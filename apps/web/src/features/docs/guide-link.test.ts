import { expect, it } from 'vitest';
import { readGuideLink } from './guide-link.ts';

it.each([
  ['privacy.md', { kind: 'guide', slug: 'privacy', heading: '' }],
  ['privacy.md#what-is-found', { kind: 'guide', slug: 'privacy', heading: 'what-is-found' }],
  ['#limits', { kind: 'guide', slug: 'here', heading: 'limits' }],
  ['/docs', { kind: 'server', href: '/docs' }],
  ['https://example.com/a', { kind: 'elsewhere', href: 'https://example.com/a' }],
])('follows %s', (href, target) => {
  expect(readGuideLink(href, 'here')).toEqual(target);
});

it.each(['', 'javascript:alert(1)', 'http://example.com', '//example.com', '../api.md', '/logs', 'mailto:a@b.example'])(
  'does not follow %j',
  (href) => {
    expect(readGuideLink(href, 'here')).toBeUndefined();
  },
);
