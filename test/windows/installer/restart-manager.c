// Stands in for Windows' Restart Manager, which Wine has only the names of. It knows one session: a list of files
// or of processes. To close a program it says `close-app` to the window of the stand-in for Electron.
#include <windows.h>
#include <restartmanager.h>
#include <tlhelp32.h>
#include <wchar.h>

#define EXPORT __declspec(dllexport) DWORD WINAPI
#define REFUSED 351 // ERROR_FAIL_SHUTDOWN
#define MOST 32
#define LIMIT_MS 30000

static wchar_t file[MAX_PATH];
static RM_UNIQUE_PROCESS processes[MOST];
static UINT count;

static void findByFile(void) {
  HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  PROCESSENTRY32W entry = {.dwSize = sizeof entry};
  count = 0;
  for (BOOL more = Process32FirstW(all, &entry); more && count < MOST; more = Process32NextW(all, &entry)) {
    wchar_t path[MAX_PATH];
    DWORD length = MAX_PATH;
    HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, entry.th32ProcessID);
    if (process == NULL) continue;
    if (QueryFullProcessImageNameW(process, 0, path, &length) && _wcsicmp(path, file) == 0) {
      processes[count++].dwProcessId = entry.th32ProcessID;
    }
    CloseHandle(process);
  }
  CloseHandle(all);
}

EXPORT RmStartSession(DWORD *session, DWORD flags, WCHAR *key) {
  *session = 1;
  wcscpy(key, L"0");
  *file = 0;
  count = 0;
  return ERROR_SUCCESS;
}

EXPORT RmRegisterResources(DWORD session, UINT files, LPCWSTR *names, UINT some, RM_UNIQUE_PROCESS *those,
                           UINT services, LPCWSTR *serviceNames) {
  if (files > 0) wcsncpy(file, names[0], MAX_PATH - 1);
  for (UINT i = 0; i < some && count < MOST; i++) processes[count++] = those[i];
  return ERROR_SUCCESS;
}

EXPORT RmGetList(DWORD session, UINT *needed, UINT *room, RM_PROCESS_INFO *list, DWORD *reasons) {
  if (*file != 0) findByFile();
  *needed = count;
  *reasons = 0;
  if (count > *room) return ERROR_MORE_DATA;
  for (UINT i = 0; i < count; i++) {
    list[i].Process = processes[i];
    ProcessIdToSessionId(processes[i].dwProcessId, &list[i].TSSessionId);
  }
  *room = count;
  return ERROR_SUCCESS;
}

EXPORT RmShutdown(DWORD session, ULONG flags, RM_WRITE_STATUS_CALLBACK progress) {
  HANDLE running[MOST];
  DWORD_PTR answer = TRUE;
  for (UINT i = 0; i < count; i++) running[i] = OpenProcess(SYNCHRONIZE, FALSE, processes[i].dwProcessId);
  HWND window = FindWindowW(L"SignoffTest", NULL);
  if (window == NULL || !SendMessageTimeoutW(window, WM_QUERYENDSESSION, 0, ENDSESSION_CLOSEAPP, SMTO_ABORTIFHUNG, 5000, &answer) || !answer) {
    return REFUSED;
  }
  SendMessageTimeoutW(window, WM_ENDSESSION, TRUE, ENDSESSION_CLOSEAPP, SMTO_ABORTIFHUNG, 5000, &answer);
  return WaitForMultipleObjects(count, running, TRUE, LIMIT_MS) == WAIT_TIMEOUT ? REFUSED : ERROR_SUCCESS;
}

EXPORT RmEndSession(DWORD session) { return ERROR_SUCCESS; }
