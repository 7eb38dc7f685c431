; Adds a folder to PATH, and takes it out again. The value may be longer than a string of NSIS, which would cut it
; for good, so it is only handled in memory: as `;entry;entry;`, in which `;folder;` is looked for.

!define HKCU_HANDLE 0x80000001
!define HKLM_HANDLE 0x80000002
!define ENVIRONMENT_OF_ALL "SYSTEM\CurrentControlSet\Control\Session Manager\Environment"

; ACTION is `add` or `remove`. Leaves $R0 to $R8 changed.
!macro changePath ACTION ROOT KEY FOLDER
  ; KEY_READ and KEY_WRITE.
  System::Call 'advapi32::RegOpenKeyExW(p ${ROOT}, w "${KEY}", i 0, i 0x2001F, *p .R0) i .R1'
  ${If} $R1 = 0
    System::Call 'advapi32::RegQueryValueExW(p R0, w "Path", p 0, *i .R2, p 0, *i .R3) i .R1'
    ; ERROR_FILE_NOT_FOUND: a person need not have one of their own. REG_EXPAND_SZ, as Windows makes it.
    ${If} $R1 = 2
      StrCpy $R1 0
      StrCpy $R2 2
      StrCpy $R3 0
    ${EndIf}
    ; REG_SZ or REG_EXPAND_SZ; anything else is no list of folders.
    ${If} $R1 = 0
    ${AndIf} $R2 >= 1
    ${AndIf} $R2 <= 2
      ; In bytes, all 0 at first; room for what is added, at most 2 bytes a character.
      IntOp $R4 $R3 + ${NSIS_MAX_STRLEN}
      IntOp $R4 $R4 + ${NSIS_MAX_STRLEN}
      System::Alloc $R4
      Pop $R4
      IntPtrOp $R5 $R4 + 2
      System::Call 'kernel32::lstrcpyW(p R4, w ";")'
      ${If} $R3 > 2
        System::Call 'advapi32::RegQueryValueExW(p R0, w "Path", p 0, *i .R2, p R5, *i R3R3) i .R1'
        System::Call 'kernel32::lstrcatW(p R4, w ";")'
      ${EndIf}
      System::Call 'shlwapi::StrStrIW(p R4, w ";${FOLDER};") p .R6'
      StrCpy $R7 0
      ${If} $R1 = 0
        !if ${ACTION} == add
          ${If} $R6 = 0
            System::Call 'kernel32::lstrcatW(p R4, w "${FOLDER};")'
            StrCpy $R7 1
          ${EndIf}
        !else
          ${If} $R6 <> 0
            StrLen $R8 ";${FOLDER}"
            IntOp $R8 $R8 * 2
            IntPtrOp $R8 $R6 + $R8
            System::Call 'kernel32::lstrlenW(p R8) i .R7'
            IntOp $R7 $R7 * 2
            IntOp $R7 $R7 + 2
            System::Call 'kernel32::RtlMoveMemory(p R6, p R8, i R7)'
            StrCpy $R7 1
          ${EndIf}
        !endif
      ${EndIf}
      ${If} $R7 = 1
        System::Call 'kernel32::lstrlenW(p R4) i .R3'
        ${If} $R3 <= 1
          System::Call 'advapi32::RegDeleteValueW(p R0, w "Path")'
        ${Else}
          ; Without the semicolon at either end; the last one becomes the end of the text.
          IntOp $R3 $R3 - 1
          IntOp $R3 $R3 * 2
          IntPtrOp $R6 $R4 + $R3
          System::Call '*$R6(&i2 0)'
          System::Call 'advapi32::RegSetValueExW(p R0, w "Path", i 0, i R2, p R5, i R3)'
        ${EndIf}
        ; WM_SETTINGCHANGE to every window: what is started from now on has it.
        SendMessage 0xFFFF 0x001A 0 "STR:Environment" /TIMEOUT=5000
      ${EndIf}
      System::Free $R4
    ${EndIf}
    System::Call 'advapi32::RegCloseKey(p R0)'
  ${EndIf}
!macroend
