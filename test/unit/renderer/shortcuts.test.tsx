// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { HelpDialog } from '../../../renderer/frame/HelpDialog.tsx';
import { ariaShortcut, shortcutText } from '../../../renderer/frame/shortcut-text.ts';
import { shortcutNames, shortcutOf } from '../../../renderer/frame/shortcuts.ts';
import { useShortcuts } from '../../../renderer/frame/useShortcuts.ts';
import type { Platform } from '../../../renderer/model/platform.ts';

const NONE = {
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
};
const CTRL = { ctrlKey: true };
const META = { metaKey: true };
const SHIFT = { shiftKey: true };

afterEach(cleanup);

describe('what is pressed', () => {
  test.each([
    { pressed: { key: 'i', ...CTRL }, name: 'signIn' },
    { pressed: { key: 'n', ...CTRL }, name: 'add' },
    { pressed: { key: 'N', ...CTRL }, name: 'add' },
    { pressed: { key: 'f', ...CTRL }, name: 'search' },
    { pressed: { key: ',', ...CTRL }, name: 'settings' },
    { pressed: { key: '1', code: 'Digit1', ...CTRL }, name: 'sessions' },
    { pressed: { key: '&', code: 'Digit1', ...CTRL }, name: 'sessions' },
    { pressed: { key: '2', code: 'Digit2', ...CTRL }, name: 'results' },
    { pressed: { key: '2', code: 'Numpad2', ...CTRL }, name: 'results' },
    { pressed: { key: 'S', ...CTRL, ...SHIFT }, name: 'signOffAll' },
    { pressed: { key: '?', ...SHIFT }, name: 'help' },
    { pressed: { key: 'F1' }, name: 'help' },
    { pressed: { key: 'Escape' }, name: 'close' },
  ])('means $name ($pressed)', ({ pressed, name }) => {
    expect(shortcutOf({ ...NONE, ...pressed }, 'windows')).toBe(name);
  });

  test.each([
    { what: 'a letter alone', pressed: { key: 'n' } },
    { what: 'a key with Shift too many', pressed: { key: 'N', ...CTRL, ...SHIFT } },
    { what: 'a key with Shift too few', pressed: { key: 's', ...CTRL } },
    { what: 'AltGr, which is Ctrl and Alt', pressed: { key: 'n', ...CTRL, altKey: true } },
    { what: 'the Windows key', pressed: { key: 'n', ...META } },
    { what: 'a question mark with Ctrl', pressed: { key: '?', ...CTRL, ...SHIFT } },
    { what: 'another digit', pressed: { key: '3', code: 'Digit3', ...CTRL } },
  ])('means nothing: $what', ({ pressed }) => {
    expect(shortcutOf({ ...NONE, ...pressed }, 'windows')).toBeNull();
  });

  test('is ⌘ on a Mac', () => {
    expect(shortcutOf({ ...NONE, key: 'n', ...META }, 'mac')).toBe('add');
  });

  test('is not Ctrl on a Mac, where that edits text', () => {
    expect(shortcutOf({ ...NONE, key: 'n', ...CTRL }, 'mac')).toBeNull();
  });
});

describe('the keys', () => {
  test.each<[Platform, string]>([
    ['windows', 'Ctrl+Shift+S'],
    ['linux', 'Ctrl+Shift+S'],
    ['mac', '⇧⌘S'],
  ])('are written as on %s', (platform, text) => {
    expect(shortcutText('signOffAll', platform)).toBe(text);
  });

  test.each<[Platform, string]>([
    ['windows', 'Control+N'],
    ['mac', 'Meta+N'],
  ])('are told to screen readers as on %s', (platform, text) => {
    expect(ariaShortcut('add', platform)).toBe(text);
  });

  test('differ from one shortcut to the next', () => {
    const texts = shortcutNames.map((name) => shortcutText(name, 'windows'));
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('in the window', () => {
  function pressIn(body: string, pressed: Parameters<typeof fireEvent.keyDown>[1]) {
    const actions = {
      signIn: vi.fn<() => void>(),
      add: vi.fn<() => void>(),
      search: vi.fn<() => void>(),
      settings: vi.fn<() => void>(),
      sessions: vi.fn<() => void>(),
      results: vi.fn<() => void>(),
      signOffAll: vi.fn<() => void>(),
      help: vi.fn<() => void>(),
    };
    const Window = () => {
      useShortcuts(actions);
      return null;
    };
    render(<Window />);
    const place = document.createElement('div');
    place.innerHTML = body;
    document.body.append(place);
    fireEvent.keyDown(place.firstElementChild ?? place, pressed);
    place.remove();
    return actions;
  }

  test('a shortcut does what it says', () => {
    expect(pressIn('<p></p>', { key: 'f', ctrlKey: true }).search).toHaveBeenCalledOnce();
  });

  test('a shortcut works while something is typed', () => {
    expect(pressIn('<input>', { key: 'f', ctrlKey: true }).search).toHaveBeenCalledOnce();
  });

  test('a question mark that is typed opens no help', () => {
    expect(pressIn('<input>', { key: '?' }).help).not.toHaveBeenCalled();
  });

  test('F1 opens the help while something is typed', () => {
    expect(pressIn('<input>', { key: 'F1' }).help).toHaveBeenCalledOnce();
  });

  test('a dialog is answered first', () => {
    const { signOffAll } = pressIn('<dialog open></dialog>', {
      key: 'S',
      ctrlKey: true,
      shiftKey: true,
    });
    expect(signOffAll).not.toHaveBeenCalled();
  });
});

describe('the help', () => {
  const termsWith = (offers: { signIn: boolean; handIn: boolean }): (string | null)[] => {
    HTMLDialogElement.prototype.showModal = function showModal() {
      this.open = true;
    };
    render(
      <HelpDialog version="1.0.0" offers={offers} foreground={null} onClosed={() => undefined} />,
    );
    return screen.getAllByRole('term').map(({ textContent }) => textContent);
  };

  test('lists every shortcut', () => {
    expect(termsWith({ signIn: true, handIn: true })).toHaveLength(shortcutNames.length);
  });

  test('names the keys of the list and of the charts', () => {
    termsWith({ signIn: true, handIn: true });
    for (const key of ['↑', '↓', 'Page Up', 'Page Down', 'Home', 'End', '←', '→']) {
      screen.getByText(key);
    }
  });

  test('leaves out what IT has not offered', () => {
    const terms = termsWith({ signIn: false, handIn: true });
    expect(terms).toContain('Add a session');
    expect(terms).not.toContain('Sign in');
  });
});
