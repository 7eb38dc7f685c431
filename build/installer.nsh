; What Signoff's installer and uninstaller do about an app that is running, about starts at login, and about the
; command in a terminal.
;
; An upgrade is announced to the app in this session, and closes it through Windows' Restart Manager, which says
; `close-app`: Signoff then goes without signing off, and within ten minutes its next start goes on holding what was
; held. An uninstallation signs off first. An app in another session is somebody else's, and never closed.

!include LogicLib.nsh
!include "${__FILEDIR__}/path.nsh"

; 1 where the app ran in this session.
Var signoffWasRunning
; How many of its processes run in other sessions.
Var signoffElsewhere

!define RM_PROCESS_INFO_BYTES 668
!define RM_UNIQUE_PROCESS_BYTES 12
!define RM_SESSION_ID_AT 660

; Sets both by what the Restart Manager finds running from here, and $R7 and $R8 to an array of this session's
; RM_UNIQUE_PROCESS, to be freed, and their count.
!macro findRunning
  StrCpy $signoffWasRunning 0
  StrCpy $signoffElsewhere 0
  StrCpy $R7 0
  StrCpy $R8 0
  System::Call 'kernel32::GetCurrentProcessId() i .R0'
  System::Call 'kernel32::ProcessIdToSessionId(i R0, *i .R9)'
  System::Call 'rstrtmgr::RmStartSession(*i .R0, i 0, w .R1) i .R2'
  ${If} $R2 = 0
    System::Call '*(w "$INSTDIR\${APP_EXECUTABLE_FILENAME}") p .R3'
    System::Call 'rstrtmgr::RmRegisterResources(i R0, i 1, p R3, i 0, p 0, i 0, p 0) i .R2'
    ; With no room for an answer, ERROR_MORE_DATA says that there are processes, and how many.
    System::Call 'rstrtmgr::RmGetList(i R0, *i .R4, *i 0, p 0, *i .R5) i .R2'
    ${If} $R2 = 234
      ; Some more may start meanwhile.
      IntOp $R4 $R4 + 16
      IntOp $R5 $R4 * ${RM_PROCESS_INFO_BYTES}
      System::Alloc $R5
      Pop $R6
      IntOp $R5 $R4 * ${RM_UNIQUE_PROCESS_BYTES}
      System::Alloc $R5
      Pop $R7
      System::Call 'rstrtmgr::RmGetList(i R0, *i .R5, *i R4R4, p R6, *i .R5) i .R2'
      ${If} $R2 <> 0
        StrCpy $R4 0
      ${EndIf}
      StrCpy $R1 $R6
      ${While} $R4 > 0
        IntPtrOp $R2 $R1 + ${RM_SESSION_ID_AT}
        System::Call '*$R2(i .R2)'
        ${If} $R2 = $R9
          IntOp $R5 $R8 * ${RM_UNIQUE_PROCESS_BYTES}
          IntPtrOp $R5 $R5 + $R7
          System::Call 'kernel32::RtlMoveMemory(p R5, p R1, i ${RM_UNIQUE_PROCESS_BYTES})'
          IntOp $R8 $R8 + 1
          StrCpy $signoffWasRunning 1
        ${Else}
          IntOp $signoffElsewhere $signoffElsewhere + 1
        ${EndIf}
        IntPtrOp $R1 $R1 + ${RM_PROCESS_INFO_BYTES}
        IntOp $R4 $R4 - 1
      ${EndWhile}
      System::Free $R6
    ${EndIf}
    System::Free $R3
    System::Call 'rstrtmgr::RmEndSession(i R0)'
  ${EndIf}
!macroend

; Closes what `findRunning` has found in this session. The Restart Manager would close nothing at all if it were
; given what it cannot close as well, such as another session's.
!macro closeRunning
  ${If} $R8 > 0
    System::Call 'rstrtmgr::RmStartSession(*i .R0, i 0, w .R1) i .R2'
    ${If} $R2 = 0
      System::Call 'rstrtmgr::RmRegisterResources(i R0, i 0, p 0, i R8, p R7, i 0, p 0) i .R2'
      System::Call 'rstrtmgr::RmShutdown(i R0, i 0, p 0) i .R2'
      ${If} $R2 <> 0
        ; RmForceShutdown. It did not go by itself; what is held is safe in its vault.
        System::Call 'rstrtmgr::RmShutdown(i R0, i 1, p 0) i .R2'
      ${EndIf}
      System::Call 'rstrtmgr::RmEndSession(i R0)'
    ${EndIf}
  ${EndIf}
  ${If} $R7 <> 0
    System::Free $R7
  ${EndIf}
!macroend

; Has the app here carry out a command; it is over when that is done. Its exit code, such as 4 where no app runs,
; changes nothing.
!macro haveApp COMMAND
  ${If} ${FileExists} "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
    nsExec::Exec /TIMEOUT=90000 '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" ${COMMAND}'
    Pop $R0
  ${EndIf}
!macroend

!macro customCheckAppRunning
  signoff_close:
  !ifdef BUILD_UNINSTALLER
    ${IfNot} ${isUpdated}
      !insertmacro haveApp "quit"
    ${EndIf}
    !insertmacro findRunning
  !else
    !insertmacro findRunning
    ${If} $signoffWasRunning = 1
      ; Unannounced, a close is somebody leaving.
      !insertmacro haveApp "prepare-update"
    ${EndIf}
  !endif
  !insertmacro closeRunning
  ${If} $signoffElsewhere > 0
    ; Somebody else's session may hold what only their Signoff can end: nothing is changed.
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(appCannotBeClosed)" /SD IDCANCEL IDRETRY signoff_close
    SetErrorLevel 2
    Quit
  ${EndIf}
!macroend

!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define RUN_SWITCHED_OFF_KEY "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
; The login item for everybody. main/common/start-at-login.ts knows it by this name.
!define FOR_EVERYBODY "Signoff"
; By the app's name in package.json.
!define UPDATER_CACHE "signoff-updater"
; The login item of one person, which Signoff makes itself.
!define FOR_ONE "app.signoff.desktop"

!macro customInstall
  ; Signoff goes again at once where neither the policy nor the agent wants it at login.
  ${If} $installMode == "all"
    WriteRegStr HKLM "${RUN_KEY}" "${FOR_EVERYBODY}" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" --hidden --at-login'
    !insertmacro changePath add ${HKLM_HANDLE} "${ENVIRONMENT_OF_ALL}" "$INSTDIR\bin"
  ${Else}
    !insertmacro changePath add ${HKCU_HANDLE} "Environment" "$INSTDIR\bin"
  ${EndIf}
  ; The agent had it running, so they get it back; whoever asks for a start themselves gets only that one.
  ; Session 0, in which software distribution installs, is nobody's.
  System::Call 'kernel32::GetCurrentProcessId() i .R0'
  System::Call 'kernel32::ProcessIdToSessionId(i R0, *i .R1)'
  ${If} $signoffWasRunning = 1
  ${AndIf} $R1 <> 0
  ${AndIf} ${Silent}
  ${AndIfNot} ${isForceRun}
    ${StdUtils.ExecShellAsUser} $0 "$INSTDIR\${APP_EXECUTABLE_FILENAME}" "open" "--hidden"
  ${EndIf}
!macroend

!macro customUnInstall
  ; The newer version writes them anew, and what was switched off stays so.
  ${IfNot} ${isUpdated}
    ${If} $installMode == "all"
      DeleteRegValue HKLM "${RUN_KEY}" "${FOR_EVERYBODY}"
      DeleteRegValue HKLM "${RUN_SWITCHED_OFF_KEY}" "${FOR_EVERYBODY}"
      !insertmacro changePath remove ${HKLM_HANDLE} "${ENVIRONMENT_OF_ALL}" "$INSTDIR\bin"
    ${Else}
      !insertmacro changePath remove ${HKCU_HANDLE} "Environment" "$INSTDIR\bin"
    ${EndIf}
    ; electron-builder keeps the installer in it, and electron-updater what it has fetched.
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\${UPDATER_CACHE}"
    ${If} $installMode == "all"
      SetShellVarContext all
    ${EndIf}
    ; One that starts another Signoff, of this person alone, say, is that one's.
    ReadRegStr $R0 HKCU "${RUN_KEY}" "${FOR_ONE}"
    StrLen $R1 '"$INSTDIR\'
    StrCpy $R0 $R0 $R1
    ${If} $R0 == '"$INSTDIR\'
      DeleteRegValue HKCU "${RUN_KEY}" "${FOR_ONE}"
      DeleteRegValue HKCU "${RUN_SWITCHED_OFF_KEY}" "${FOR_ONE}"
    ${EndIf}
  ${EndIf}
!macroend
