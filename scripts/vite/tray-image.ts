import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Plugin } from 'vite';

const sizes = { '1x': 16, '2x': 32 };

/**
 * Turns `import image from './icon.svg?tray&color=%23ffffff'` into PNG data URLs in a tray icon's two
 * sizes, with the colour in place of `currentColor`. So the drawing is all that the repository holds.
 */
export function trayImage(): Plugin {
  return {
    name: 'tray-image',
    enforce: 'pre',
    async load(id) {
      const [file = '', query = ''] = id.split('?');
      const parameters = new URLSearchParams(query);
      if (!file.endsWith('.svg') || !parameters.has('tray')) return undefined;
      this.addWatchFile(file);
      const drawing = (await readFile(file, 'utf8')).replaceAll(
        'currentColor',
        parameters.get('color') ?? 'currentColor',
      );
      const images = await Promise.all(
        Object.entries(sizes).map(async ([scale, size]) => [scale, await draw(drawing, size)]),
      );
      return {
        code: `export default ${JSON.stringify(Object.fromEntries(images))};`,
        moduleType: 'js',
      };
    },
  };
}

async function draw(svg: string, size: number): Promise<string> {
  // Drawn large and then made small, so that thin lines stay smooth.
  const png = await sharp(Buffer.from(svg), { density: 72 * 8 })
    .resize(size, size, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}
