import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { trayIconFile } from '../../../main/shell/tray/tray-icon.ts';
import type { HeldView } from '../../../preload/contract.ts';
import { drawTrayIcons } from '../../../scripts/vite/tray-icons.ts';
import { heldView, windowState } from '../../support/window-state.ts';

const sessions = (count: number): HeldView[] =>
  Array.from({ length: count }, (_, n) => heldView({ id: `id-${n}` }));
const failed = heldView({
  lastFailure: { outcome: 'timed-out', code: '', message: '', answeredBy: null },
});
const iconFor = (held: HeldView[], system: Parameters<typeof trayIconFile>[1]): string =>
  trayIconFile(windowState({ held }), system);
const HELD = [...Array.from({ length: 13 }, (_, count) => sessions(count)), [failed]];
const SYSTEMS = [
  { platform: 'linux', darkTaskbar: false },
  { platform: 'win32', darkTaskbar: false },
  { platform: 'win32', darkTaskbar: true },
  { platform: 'darwin', darkTaskbar: false },
] as const;

let icons: Awaited<ReturnType<typeof drawTrayIcons>>;
beforeAll(async () => {
  icons = await drawTrayIcons();
});

test.each(SYSTEMS)('there is an icon for whatever is held: %o', (system) => {
  const named = HELD.map((held) => iconFor(held, system));
  expect(named.filter((file) => !icons.has(file))).toEqual([]);
});

test.each([
  [0, 'linux-idle.png'],
  [1, 'linux-1.png'],
  [9, 'linux-9.png'],
  [10, 'linux-more.png'],
])('the icon counts up to nine (%d)', (count, file) => {
  expect(iconFor(sessions(count), { platform: 'linux', darkTaskbar: true })).toBe(file);
});

test('what needs a look comes before the count', () => {
  const held = [...sessions(2), failed];
  expect(iconFor(held, { platform: 'win32', darkTaskbar: true })).toBe('windows-dark-failed.ico');
});

test('in the menu bar the number stands beside the icon', () => {
  expect(iconFor(sessions(3), { platform: 'darwin', darkTaskbar: false })).toBe(
    'mac-holdingTemplate.png',
  );
});

describe('on Linux, whose panels may be light or dark', () => {
  test.each(['idle', '1', 'failed'])('the icon stands out from both: %s', async (shape) => {
    const { data } = await sharp(icons.get(`linux-${shape}.png`))
      .raw()
      .toBuffer({
        resolveWithObject: true,
      });
    const light = luminanceOf(0xef, 0xf0, 0xf1);
    const dark = luminanceOf(0x30, 0x30, 0x30);
    // What it is made of most: the paper is not seen against the panel.
    const luminance = luminanceOf(...mostUsedColour(data));
    expect((light + 0.05) / (luminance + 0.05)).toBeGreaterThan(3);
    expect((luminance + 0.05) / (dark + 0.05)).toBeGreaterThan(3);
  });

  test('idle is not a full shape and holding is: they differ without their colours', async () => {
    const centre = async (shape: string): Promise<number> => {
      const at = { left: 10, top: 22, width: 1, height: 1 };
      const pixel = await sharp(icons.get(`linux-${shape}.png`))
        .extract(at)
        .raw()
        .toBuffer();
      return pixel[3] ?? 0;
    };
    expect([await centre('idle'), await centre('1')]).toEqual([0, 255]);
  });
});

test('Windows finds each size of its taskbars', () => {
  const icon = icons.get('windows-dark-1.ico') ?? Buffer.alloc(0);
  const widths = Array.from({ length: icon.readUInt16LE(4) }, (_, n) => icon[6 + 16 * n]);
  expect(widths).toEqual([16, 20, 24, 32, 40, 48]);
});

type Colour = readonly [red: number, green: number, blue: number];

function mostUsedColour(rgba: Buffer): Colour {
  const counts = new Map<string, { colour: Colour; count: number }>();
  for (let at = 0; at < rgba.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(at, at + 4);
    if (alpha < 255) continue;
    const key = `${red} ${green} ${blue}`;
    counts.set(key, { colour: [red, green, blue], count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const [most] = [...counts.values()].toSorted((a, b) => b.count - a.count);
  return most?.colour ?? [0, 0, 0];
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminanceOf(...colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
