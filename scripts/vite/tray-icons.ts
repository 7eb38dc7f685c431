import sharp from 'sharp';
import type { Plugin } from 'vite';
import { ico } from '../package/icons.ts';

/** The colours for a panel. Without `paper`, marks are cut out of the shape. */
interface Palette {
  readonly idle: string;
  readonly holding: string;
  readonly failed: string;
  readonly paper?: string;
}

/** A Linux panel's colours are unknown: these have a contrast of 3:1 to light and dark. */
const LINUX: Palette = { idle: '#7c848c', holding: '#0f8f99', failed: '#d0600f', paper: '#ffffff' };
const WINDOWS: Readonly<Record<string, Palette>> = {
  dark: { idle: '#ffffff', holding: '#ffffff', failed: '#f0a840' },
  light: { idle: '#1f2933', holding: '#1f2933', failed: '#b45309' },
};
/** macOS colours the shape itself. */
const MAC: Palette = { idle: '#000000', holding: '#000000', failed: '#000000' };

/** Electron passes one picture, which the panel scales down. */
const LINUX_SIZE = 48;
/** At 100, 125, 150, 200, 250 and 300 %. */
const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48];
const MAC_SIZES = { '': 16, '@2x': 32 };

/** As strokes, because fonts differ between machines. */
const COUNTS = {
  '1': 'M6.1 5.4 8.8 3.7V12.4',
  '2': 'M5.4 5.9C5.6 4.4 6.6 3.7 8 3.7c1.5 0 2.6.9 2.6 2.3 0 1.7-1.6 2.9-5.1 6.3h5.4',
  '3': 'M5.4 5.1C5.9 4.2 6.8 3.7 8 3.7c1.5 0 2.5.8 2.5 2 0 1.3-1 2.1-2.9 2.1 2 0 3.2.8 3.2 2.3 0 1.4-1.2 2.3-2.8 2.3-1.4 0-2.4-.6-2.8-1.7',
  '4': 'M9.4 12.6V3.8L4.8 9.9h6.4',
  '5': 'M10.3 3.7H6.2L5.7 7.7C6.3 7.2 7.1 6.9 8 6.9c1.7 0 2.8 1.1 2.8 2.7 0 1.7-1.2 2.8-2.9 2.8-1.3 0-2.3-.6-2.7-1.6',
  '6': 'M10.3 4.7C9.8 4 9 3.7 8.2 3.7 6.3 3.7 5.2 5.4 5.2 8.4c0 2.6 1 4 2.8 4 1.6 0 2.8-1.1 2.8-2.7S9.7 7 8.1 7 5.3 8.1 5.2 9.4',
  '7': 'M5.2 3.8h5.6C8.9 6.3 7.6 9 7.1 12.5',
  '8': 'M8 7.8C6.5 7.8 5.5 7 5.5 5.75S6.5 3.7 8 3.7s2.5.8 2.5 2.05S9.5 7.8 8 7.8c-1.7 0-2.8.9-2.8 2.3S6.3 12.4 8 12.4s2.8-.9 2.8-2.3S9.7 7.8 8 7.8',
  '9': 'M5.7 11.4C6.2 12.1 7 12.4 7.8 12.4c1.9 0 3-1.7 3-4.7 0-2.6-1-4-2.8-4-1.6 0-2.8 1.1-2.8 2.7S6.3 9.1 7.9 9.1s2.8-1.1 2.9-2.4',
  more: 'M3 10.6C3.4 11.1 3.9 11.4 4.5 11.4c1.5 0 2.4-1.3 2.4-3.6 0-2-.8-3-2.2-3-1.3 0-2.2.8-2.2 2S3.4 8.9 4.6 8.9s2.2-.8 2.3-1.9M9.6 8h3.8M11.5 6.1v3.8',
} as const;

/** Adds `tray/` to the main process's bundle: the tray's icons of every system and state. */
export function trayIcons(): Plugin {
  return {
    name: 'tray-icons',
    async generateBundle() {
      for (const [name, source] of await drawTrayIcons()) {
        this.emitFile({ type: 'asset', fileName: `tray/${name}`, source });
      }
    },
  };
}

/** Every icon by its file name. */
export async function drawTrayIcons(): Promise<ReadonlyMap<string, Buffer>> {
  const linux = Object.entries(countedShapes(LINUX)).map(
    async ([shape, svg]) => [`linux-${shape}.png`, await drawn(svg, LINUX_SIZE)] as const,
  );
  const windows = Object.entries(WINDOWS).flatMap(([taskbar, palette]) =>
    Object.entries(countedShapes(palette)).map(async ([shape, svg]) => {
      const pictures = WINDOWS_SIZES.map(async (size) => ({ size, png: await drawn(svg, size) }));
      return [`windows-${taskbar}-${shape}.ico`, ico(await Promise.all(pictures))] as const;
    }),
  );
  // macOS shows the number beside the icon.
  const mac = Object.entries({ ...plainShapes(MAC), holding: dot(MAC) }).flatMap(([shape, svg]) =>
    Object.entries(MAC_SIZES).map(
      async ([scale, size]) =>
        [`mac-${shape}Template${scale}.png`, await drawn(svg, size)] as const,
    ),
  );
  return new Map(await Promise.all([...linux, ...windows, ...mac]));
}

function plainShapes(palette: Palette): Record<'idle' | 'failed', string> {
  const triangle = `<path d="M8 2.2 14.6 13.8H1.4Z" fill="${palette.failed}" stroke="${palette.failed}" stroke-width="2.4" stroke-linejoin="round"/>`;
  return {
    idle: svgOf(ring(palette.idle)),
    failed: marked(triangle, { strokes: 'M8 5.8V9.1M8 11.9v.01', width: 1.9 }, palette),
  };
}

function countedShapes(palette: Palette): Record<string, string> {
  const disc = `<circle cx="8" cy="8" r="7.75" fill="${palette.holding}"/>`;
  const counts = Object.entries(COUNTS).map(([count, strokes]): [string, string] => [
    count,
    marked(disc, { strokes, width: count === 'more' ? 1.5 : 1.9 }, palette),
  ]);
  return { ...plainShapes(palette), ...Object.fromEntries(counts) };
}

function dot({ holding }: Palette): string {
  return svgOf(`${ring(holding)}<circle cx="8" cy="8" r="3" fill="${holding}"/>`);
}

function ring(colour: string): string {
  return `<circle cx="8" cy="8" r="6.5" fill="none" stroke="${colour}" stroke-width="2"/>`;
}

/** A shape with a mark on it, or cut out of it. */
function marked(
  shape: string,
  mark: { strokes: string; width: number },
  { paper }: Palette,
): string {
  const inColour = (colour: string): string =>
    `<path d="${mark.strokes}" fill="none" stroke="${colour}" stroke-width="${mark.width}" stroke-linecap="round" stroke-linejoin="round"/>`;
  if (paper !== undefined) return svgOf(shape + inColour(paper));
  const left = `<rect width="16" height="16" fill="#ffffff"/>${inColour('#000000')}`;
  return svgOf(`<mask id="left">${left}</mask><g mask="url(#left)">${shape}</g>`);
}

function svgOf(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">${content}</svg>`;
}

/** Rendered at its final size, for sharpness. */
function drawn(svg: string, size: number): Promise<Buffer> {
  return sharp(Buffer.from(svg), { density: (72 * size) / 16 })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toBuffer();
}
