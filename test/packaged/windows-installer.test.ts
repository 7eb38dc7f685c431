import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { takes } from '../support/takes.ts';

const NOTHING = spawnSync('makensis', ['-VERSION']).error !== undefined;

/** What electron-builder's own scripts would have declared by then. */
const stage = (defines: string): string => `
Unicode true
${defines}
!include LogicLib.nsh
!define APP_EXECUTABLE_FILENAME "Signoff.exe"
!macro _flag _a _b _t _f
  !insertmacro _== 1 1 \`\${_t}\` \`\${_f}\`
!macroend
!define isUpdated \`"" flag ""\`
!define isForceRun \`"" flag ""\`
!macro exec out file verb arguments
  StrCpy \${out} "\${file} \${verb} \${arguments}"
!macroend
!define StdUtils.ExecShellAsUser "!insertmacro exec"
Var installMode
LangString appCannotBeClosed 0 "Signoff cannot be closed."
!include "${path.resolve('build/installer.nsh')}"
Name Signoff
OutFile installer.exe
InstallDir $TEMP
Section
  WriteUninstaller uninstaller.exe
  !ifndef BUILD_UNINSTALLER
    StrCpy $installMode all
    !insertmacro customCheckAppRunning
    !insertmacro customInstall
  !endif
SectionEnd
!ifdef BUILD_UNINSTALLER
Section Un.install
  StrCpy $installMode all
  !insertmacro customCheckAppRunning
  !insertmacro customUnInstall
SectionEnd
!else
Section Un.install
SectionEnd
!endif
`;

describe.skipIf(NOTHING)(
  'what the Windows installer does about a running app, and at login',
  takes('makensis'),
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'signoff-nsis-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test.each([
      { name: 'the installer', defines: '' },
      { name: 'the uninstaller', defines: '!define BUILD_UNINSTALLER' },
    ])('compiles into $name without a warning', ({ defines }) => {
      writeFileSync(path.join(folder, 'stage.nsi'), stage(defines));
      const made = spawnSync('makensis', ['-WX', '-V2', 'stage.nsi'], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect([made.stdout, made.status]).toEqual(['', 0]);
    });
  },
);
