@echo off
rem Signoff.exe is a program with windows: a prompt does not wait for one, a batch file does. In a folder of
rem its own, since beside it a prompt would take the .exe.
if "%~1" == "" goto start
if /i "%~1" == "--hidden" goto start
"%~dp0..\Signoff.exe" %*
exit /b %ERRORLEVEL%
:start
rem The app outlives the terminal, whose end would be its own if it were attached.
set ELECTRON_NO_ATTACH_CONSOLE=1
start "" "%~dp0..\Signoff.exe" %*
