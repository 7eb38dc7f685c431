; What Signoff's installer and uninstaller do about an app that is running, and about starts at login.
;
; An upgrade closes it through Windows' Restart Manager, which says `close-app`: Signoff then goes without
; signing off, and within ten minutes its next start goes on holding what was held. An uninstallation signs
; off first.

!include LogicLib.nsh

!ifndef BUILD_UNINSTALLER
  Var signoffWasRunning
!endif

; Sets WAS_RUNNING to 1 where somebody ran the app from here, and closes it.
!macro closeToComeBack WAS_RUNNING
  StrCpy ${WAS_RUNNING} 0
  System::Call 'rstrtmgr::RmStartSession(*i .R0, i 0, w .R1) i .R2'
  ${If} $R2 = 0
    System::Call '*(w "$INSTDIR\${APP_EXECUTABLE_FILENAME}") p .R3'
    System::Call 'rstrtmgr::RmRegisterResources(i R0, i 1, p R3, i 0, p 0, i 0, p 0) i .R2'
    ; With no room for an answer, ERROR_MORE_DATA says that there are processes.
    System::Call 'rstrtmgr::RmGetList(i R0, *i .R4, *i 0, p 0, *i .R5) i .R2'
    ${If} $R2 = 234
      StrCpy ${WAS_RUNNING} 1
      System::Call 'rstrtmgr::RmShutdown(i R0, i 0, p 0) i .R2'
      ${If} $R2 <> 0
        ; It did not go, or belongs to another session. What is held is safe in its vault.
        nsExec::Exec '"$SYSDIR\taskkill.exe" /F /T /IM "${APP_EXECUTABLE_FILENAME}"'
        Pop $R2
      ${EndIf}
    ${EndIf}
    System::Free $R3
    System::Call 'rstrtmgr::RmEndSession(i R0)'
  ${EndIf}
!macroend

!macro customCheckAppRunning
  !ifdef BUILD_UNINSTALLER
    ${IfNot} ${isUpdated}
    ${AndIf} ${FileExists} "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
      ; It returns when the app has gone; 4 says that none was running.
      nsExec::Exec '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" quit'
      Pop $R0
    ${EndIf}
    !insertmacro closeToComeBack $R6
  !else
    !insertmacro closeToComeBack $signoffWasRunning
  !endif
!macroend

!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define RUN_SWITCHED_OFF_KEY "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
; The login item for everybody. main/lifecycle/login-item.ts knows it by this name.
!define FOR_EVERYBODY "Signoff"
; The login item of one person, which Signoff makes itself.
!define FOR_ONE "app.signoff.desktop"

!macro customInstall
  ; Signoff goes again at once where neither the policy nor the agent wants it at login.
  ${If} $installMode == "all"
    WriteRegStr HKLM "${RUN_KEY}" "${FOR_EVERYBODY}" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" --hidden --at-login'
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
