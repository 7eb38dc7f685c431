import type { NativeTheme } from 'electron';
import type { Settings } from '../settings/schema.ts';

/** Has windows and menus drawn light or dark, or as the system has it. */
export function applyAppearance(
  nativeTheme: Pick<NativeTheme, 'themeSource'>,
  appearance: Settings['appearance'],
): void {
  nativeTheme.themeSource = appearance;
}
