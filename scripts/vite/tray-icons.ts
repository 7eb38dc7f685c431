import sharp from 'sharp';
import type { Plugin } from 'vite';
import { ico } from '../package/icons.ts';

/** The colours for a panel. Without `paper`, what is written on a shape is cut out of it. */
interface Look {
  readonly idle: string;
  readonly holding: string;
  readonly failed: string;
  readonly paper?: string;
}

/** Nobody is told what a Linux panel looks like: these stand out 3:1 from light ones and dark ones. */
const LINUX: Look = { idle: '#7c848c', holding: '#0f8f99', failed: '#d0600f', paper: '#ffffff' };
const WINDOWS: Readonly<Record<string, Look>> = {
  dark: { idle: '#ffffff', holding: '#ffffff', failed: '#f0a840' },
  light: { idle: '#1f2933', holding: '#1f2933', failed: '#b45309' },
};
/** macOS colours the shape itself, for whatever the menu bar looks like. */
const MAC: Look = { idle: '#000000', holding: '#000000', failed: '#000000' };

/** Electron hands the panel one picture, which that makes as small as it needs it. */
const LINUX_SIZE = 48;
/** At 100, 125, 150, 200, 250 and 300 %. */
const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48];
const MAC_SIZES = { '': 16, '@2x': 32 };

/** As strokes, since fonts differ from one machine to the next. */
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

/** Makes `tray/` beside the main process's bundle: the tray's icons of every system and state. */
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

/** Every icon by its file's name. */
export async function drawTrayIcons(): Promise<ReadonlyMap<string, Buffer>> {
  const linux = Object.entries(countedShapes(LINUX)).map(
    async ([shape, svg]) => [`linux-${shape}.png`, await drawn(svg, LINUX_SIZE)] as const,
  );
  const windows = Object.entries(WINDOWS).flatMap(([taskbar, look]) =>
    Object.entries(countedShapes(look)).map(async ([shape, svg]) => {
      const pictures = WINDOWS_SIZES.map(async (size) => ({ size, png: await drawn(svg, size) }));
      return [`windows-${taskbar}-${shape}.ico`, ico(await Promise.all(pictures))] as const;
    }),
  );
  // A menu bar has room for the number itself.
  const mac = Object.entries({ ...plainShapes(MAC), holding: dot(MAC) }).flatMap(([shape, svg]) =>
    Object.entries(MAC_SIZES).map(
      async ([scale, size]) =>
        [`mac-${shape}Template${scale}.png`, await drawn(svg, size)] as const,
    ),
  );
  return new Map(await Promise.all([...linux, ...windows, ...mac]));
}

function plainShapes(look: Look): Record<'idle' | 'failed', string> {
  const triangle = `<path d="M8 2.2 14.6 13.8H1.4Z" fill="${look.failed}" stroke="${look.failed}" stroke-width="2.4" stroke-linejoin="round"/>`;
  return {
    idle: svgOf(ring(look.idle)),
    failed: marked(triangle, { strokes: 'M8 5.8V9.1M8 11.9v.01', width: 1.9 }, look),
  };
}

function countedShapes(look: Look): Record<string, string> {
  const disc = `<circle cx="8" cy="8" r="7.75" fill="${look.holding}"/>`;
  const counts = Object.entries(COUNTS).map(([count, strokes]): [string, string] => [
    count,
    marked(disc, { strokes, width: count === 'more' ? 1.5 : 1.9 }, look),
  ]);
  return { ...plainShapes(look), ...Object.fromEntries(counts) };
}

function dot({ holding }: Look): string {
  return svgOf(`${ring(holding)}<circle cx="8" cy="8" r="3" fill="${holding}"/>`);
}

function ring(colour: string): string {
  return `<circle cx="8" cy="8" r="6.5" fill="none" stroke="${colour}" stroke-width="2"/>`;
}

/** A shape with a mark on it, or cut out of it. */
function marked(shape: string, mark: { strokes: string; width: number }, { paper }: Look): string {
  const inColour = (colour: string): string =>
    `<path d="${mark.strokes}" fill="none" stroke="${colour}" stroke-width="${mark.width}" stroke-linecap="round" stroke-linejoin="round"/>`;
  if (paper !== undefined) return svgOf(shape + inColour(paper));
  const left = `<rect width="16" height="16" fill="#ffffff"/>${inColour('#000000')}`;
  return svgOf(`<mask id="left">${left}</mask><g mask="url(#left)">${shape}</g>`);
}

function svgOf(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">${content}</svg>`;
}

/** Drawn at the size that it has, so that it is as sharp as can be. */
function drawn(svg: string, size: number): Promise<Buffer> {
  return sharp(Buffer.from(svg), { density: (72 * size) / 16 })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toBuffer();
}
