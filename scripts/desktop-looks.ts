import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { element, xmlDocument, type XmlElement } from './policy/xml.ts';
import { cache } from './setup/step.mjs';

/** What of the machine's own environment would be seen in a window. */
const ofTheMachine =
  /^(?:FC_|FONTCONFIG_|FREETYPE_|GDK_|GNOME_|GTK|KDE_|LANG|LC_|QT_|XCURSOR_|XDG_CURRENT_DESKTOP$|DESKTOP_SESSION$)/;

/** Chromium asks GTK for the scale before it asks anyone else, and draws otherwise where it finds a GPU. */
export const looksArgs = ['--force-device-scale-factor=1', '--disable-gpu'];

/**
 * The environment in which every program looks the same on every machine: the fonts, theme, scale, language
 * and time zone are its own. What is undefined in it must not be there.
 */
export function looksEnv(home: string, config: string): NodeJS.ProcessEnv {
  const systemConfig = join(home, 'system-config');
  mkdirSync(systemConfig);
  mkdirSync(join(config, 'gtk-3.0'));
  writeFileSync(join(config, 'gtk-3.0', 'settings.ini'), gtkSettings);
  const fonts = join(home, 'fonts.conf');
  writeFileSync(fonts, fontsConfig());
  const unset = Object.keys(process.env).filter((name) => ofTheMachine.test(name));
  return {
    ...Object.fromEntries(unset.map((name) => [name, undefined])),
    FONTCONFIG_FILE: fonts,
    // It comes with GTK itself.
    GTK_THEME: 'Adwaita',
    GSETTINGS_BACKEND: 'memory',
    XDG_CONFIG_DIRS: systemConfig,
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
  };
}

const gtkSettings = `[Settings]
gtk-font-name=DejaVu Sans 10
gtk-cursor-theme-name=Adwaita
gtk-icon-theme-name=Adwaita
gtk-enable-animations=0
gtk-xft-antialias=1
gtk-xft-hinting=1
gtk-xft-hintstyle=hintslight
gtk-xft-rgba=none
gtk-xft-dpi=98304
`;

/** Fontconfig's settings: wide letters, as cut texts show with these first, and a second family for Japanese. */
function fontsConfig(): string {
  const require = createRequire(import.meta.url);
  const latin = dirname(require.resolve('dejavu-fonts-ttf/package.json'));
  const japanese = dirname(require.resolve('@expo-google-fonts/biz-udpgothic/package.json'));
  return xmlDocument(
    element('fontconfig', {}, [
      element('dir', {}, latin),
      element('dir', {}, japanese),
      // Reading them takes a while, and comes to the same every time.
      element('cachedir', {}, join(cache, 'fonts')),
      family('monospace', 'DejaVu Sans Mono'),
      family('serif', 'DejaVu Serif'),
      element('match', { target: 'pattern' }, [
        element('edit', { name: 'family', mode: 'append_last' }, [
          element('string', {}, 'DejaVu Sans'),
          element('string', {}, 'BIZ UDPGothic'),
        ]),
      ]),
      element('match', { target: 'font' }, [
        edit('antialias', 'bool', 'true'),
        edit('autohint', 'bool', 'false'),
        edit('hinting', 'bool', 'true'),
        edit('hintstyle', 'const', 'hintslight'),
        edit('rgba', 'const', 'none'),
        edit('lcdfilter', 'const', 'lcdnone'),
        edit('embeddedbitmap', 'bool', 'false'),
      ]),
    ]),
  );
}

function family(generic: string, name: string): XmlElement {
  return element('alias', { binding: 'same' }, [
    element('family', {}, generic),
    element('prefer', {}, [element('family', {}, name)]),
  ]);
}

function edit(name: string, type: 'bool' | 'const', value: string): XmlElement {
  return element('edit', { name, mode: 'assign' }, [element(type, {}, value)]);
}
