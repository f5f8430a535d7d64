import { LogOut, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { chooseTheme, THEMES, useTheme } from '../lib/theme.ts';
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from '../ui/dropdown-menu.tsx';
import { accountPath } from './paths.ts';
import { ACCOUNT_SECTIONS } from './sections.ts';
import { signOut } from './sign-out.ts';
import { useMe } from './use-me.ts';
import { THEME_CHOICES } from './user-menu-items.tsx';

function initials(name: string): string {
  const words = name.trim().split(/[\s@._-]+/u);
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}

function ThemeChoice(): ReactNode {
  const theme = useTheme();
  return (
    <MenuRadioGroup
      value={theme}
      onValueChange={(value) => chooseTheme(THEMES.find((each) => each === value) ?? 'system')}
      aria-label="Theme"
    >
      {THEME_CHOICES.map(({ theme: choice, label, icon: Icon }) => (
        <MenuRadioItem key={choice} value={choice} onSelect={(event) => event.preventDefault()}>
          <Icon aria-hidden />
          {label}
        </MenuRadioItem>
      ))}
    </MenuRadioGroup>
  );
}

/** Who is logged in, the theme, and the way out. */
export function UserMenu({ side }: { readonly side: 'right' | 'bottom' }): ReactNode {
  const navigate = useNavigate();
  const { data: me } = useMe();
  return (
    <Menu>
      <MenuTrigger className="flex size-8 items-center justify-center rounded-full border border-line-strong bg-surface font-semibold text-2xs text-muted hover:border-line-input hover:text-text data-[state=open]:border-accent">
        <span aria-hidden>{initials(me?.user.name || (me?.user.email ?? ''))}</span>
        <span className="sr-only">User menu</span>
      </MenuTrigger>
      <MenuContent side={side} align="end" className="w-56">
        <div className="px-2 py-1.5">
          <p className="truncate font-medium text-sm">{me?.user.name}</p>
          <p className="truncate text-subtle text-xs">{me?.user.email}</p>
        </div>
        <MenuSeparator />
        <MenuLabel>Theme</MenuLabel>
        <ThemeChoice />
        <MenuSeparator />
        {ACCOUNT_SECTIONS.length === 0 ? null : (
          <MenuItem onSelect={() => void navigate(accountPath())}>
            <UserRound aria-hidden />
            Account
          </MenuItem>
        )}
        <MenuItem onSelect={() => void signOut(navigate)}>
          <LogOut aria-hidden />
          Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
