// Stands in for Electron's executable: runs the built main process on Windows' Node with its own arguments, waits,
// and ends with its exit code. SIGNOFF_TEST_RUN is the command line before the arguments, SIGNOFF_TEST_FOLDER where
// it is run, and SIGNOFF_TEST_LOG what the app, having no streams, writes to.
#include <windows.h>
#include <wchar.h>

// Fuses, since packing sets them.
__attribute__((used)) const char fuses[] = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x08" "10110001";

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR arguments, int show) {
  static wchar_t line[32768], folder[MAX_PATH], log[MAX_PATH];
  (void)instance, (void)before, (void)show;
  GetEnvironmentVariableW(L"SIGNOFF_TEST_RUN", line, 16384);
  GetEnvironmentVariableW(L"SIGNOFF_TEST_FOLDER", folder, MAX_PATH);
  GetEnvironmentVariableW(L"SIGNOFF_TEST_LOG", log, MAX_PATH);
  wcscat(line, L" ");
  wcsncat(line, arguments, 16000);

  STARTUPINFOW start = {.cb = sizeof start,
                        .dwFlags = STARTF_USESTDHANDLES,
                        .hStdInput = GetStdHandle(STD_INPUT_HANDLE),
                        .hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE),
                        .hStdError = GetStdHandle(STD_ERROR_HANDLE)};
  // Without a command it is the app.
  if (*arguments == 0 || *arguments == L'-') {
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    start.hStdInput = NULL;
    start.hStdOutput = start.hStdError = CreateFileW(log, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                                     &inherited, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  }
  PROCESS_INFORMATION program;
  if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, CREATE_NO_WINDOW, NULL, folder, &start, &program)) return 97;
  WaitForSingleObject(program.hProcess, INFINITE);
  DWORD code = 98;
  GetExitCodeProcess(program.hProcess, &code);
  return (int)code;
}
