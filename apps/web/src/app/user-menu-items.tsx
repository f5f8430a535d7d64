import { LogOut, type LucideIcon, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { chooseTheme, type Theme, useTheme } from '../lib/theme.ts';
import { Button } from '../ui/button.tsx';
import { accountPath } from './paths.ts';
import { ACCOUNT_SECTIONS } from './sections.ts';
import { signOut } from './sign-out.ts';
import { useMe } from './use-me.ts';

/** The themes as choices. */
export const THEME_CHOICES: readonly { readonly theme: Theme; readonly label: string; readonly icon: LucideIcon }[] = [
  { theme: 'system', label: 'System', icon: Monitor },
  { theme: 'light', label: 'Light', icon: Sun },
  { theme: 'dark', label: 'Dark', icon: Moon },
];

/** The person's part of the drawer: who they are, the theme, signing out. */
export function UserMenuItems({ onChosen }: { readonly onChosen: () => void }): ReactNode {
  const navigate = useNavigate();
  const theme = useTheme();
  const { data: me } = useMe();
  return (
    <div className="flex flex-col gap-3 border-line border-t pt-3">
      <fieldset className="flex gap-1">
        <legend className="sr-only">Theme</legend>
        {THEME_CHOICES.map(({ theme: choice, label, icon: Icon }) => (
          <Button
            key={choice}
            variant="ghost"
            className="flex-1"
            aria-pressed={theme === choice}
            onClick={() => chooseTheme(choice)}
          >
            <Icon aria-hidden />
            {label}
          </Button>
        ))}
      </fieldset>
      {ACCOUNT_SECTIONS.length === 0 ? null : (
        <Button asChild variant="ghost" className="justify-start px-3">
          <Link to={accountPath()} onClick={onChosen}>
            <UserRound aria-hidden />
            Account
          </Link>
        </Button>
      )}
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1 pl-3">
          <p className="truncate font-medium">{me?.user.name}</p>
          <p className="truncate text-subtle text-xs">{me?.user.email}</p>
        </div>
        <Button onClick={() => void signOut(navigate)}>
          <LogOut aria-hidden />
          Sign out
        </Button>
      </div>
    </div>
  );
}
