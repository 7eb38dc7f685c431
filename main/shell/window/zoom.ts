import type { Input, WebContents } from 'electron';

/** Keeps the zoom factor across starts. */
export interface ZoomMemory {
  get(key: 'zoom'): number;
  set(key: 'zoom', value: number): void;
}

type Zoom = 'in' | 'out' | 'reset';

/** The same as in browsers. */
const FACTORS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** The saved factor, or 1 if it is not one of those that can be chosen. */
export function savedZoom(memory: ZoomMemory): number {
  const saved = memory.get('zoom');
  return FACTORS.includes(saved) ? saved : 1;
}

/** Zooms by the keys and the wheel as browsers do, even while a dialog is open, and saves the factor. */
export function enableZoom(
  contents: Pick<WebContents, 'on' | 'setZoomFactor'>,
  memory: ZoomMemory,
  platform: NodeJS.Platform,
): void {
  const zoom = (how: Zoom): void => {
    const factor = zoomed(savedZoom(memory), how);
    contents.setZoomFactor(factor);
    memory.set('zoom', factor);
  };
  contents.on('before-input-event', (event, input) => {
    const how = zoomOf(input, platform);
    if (how === null) return;
    // On macOS the menu would zoom too.
    event.preventDefault();
    zoom(how);
  });
  contents.on('zoom-changed', (_event, direction) => zoom(direction));
}

function zoomed(now: number, how: Zoom): number {
  if (how === 'reset') return 1;
  const next =
    how === 'in'
      ? FACTORS.find((factor) => factor > now)
      : FACTORS.findLast((factor) => factor < now);
  return next ?? now;
}

type Pressed = Pick<Input, 'type' | 'key' | 'code' | 'control' | 'meta' | 'alt'>;

function zoomOf(pressed: Pressed, platform: NodeJS.Platform): Zoom | null {
  const { type, key, code, control, meta, alt } = pressed;
  const isMac = platform === 'darwin';
  const command = isMac ? meta && !control : control && !meta;
  if (type !== 'keyDown' || !command || alt) return null;
  // Many keyboards need Shift for the plus sign, and some for digits.
  if (key === '+' || key === '=') return 'in';
  if (key === '-' || key === '_') return 'out';
  return key === '0' || code === 'Digit0' ? 'reset' : null;
}
