; What Signoff's installer and uninstaller do about an app that is running.
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

!macro customInstall
  ; The agent had it running, so they get it back; whoever asks for a start themselves gets only that one.
  ${If} $signoffWasRunning = 1
  ${AndIf} ${Silent}
  ${AndIfNot} ${isForceRun}
    ${StdUtils.ExecShellAsUser} $0 "$INSTDIR\${APP_EXECUTABLE_FILENAME}" "open" "--hidden"
  ${EndIf}
!macroend
