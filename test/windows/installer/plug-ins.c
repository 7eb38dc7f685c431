// Stands in for the plug-ins of NSIS that electron-builder brings and Debian does not, as far as a silent
// installer calls them. Each exports its own functions, so one file serves for all.
#include <windows.h>
#include <shellapi.h>
#include <wchar.h>

// NSIS's own interface (Examples/Plugin/nsis/pluginapi.h): a stack of texts, and the variables in a row.
typedef struct Item {
  struct Item *next;
  wchar_t text[1];
} Item;
#define EXPORT(name)                                                                               \
  __declspec(dllexport) void __cdecl name(HWND parent, int size, wchar_t *variables, Item **stack, void *more)
#define MAX_TEXT 8192
#define OUTDIR 22

static void pop(wchar_t *text, int size, Item **stack) {
  Item *top = *stack;
  *text = 0;
  if (top == NULL) return;
  lstrcpynW(text, top->text, size < MAX_TEXT ? size : MAX_TEXT);
  *stack = top->next;
  GlobalFree(top);
}

static void push(const wchar_t *text, int size, Item **stack) {
  Item *top = GlobalAlloc(GPTR, sizeof(Item) + size * sizeof(wchar_t));
  lstrcpynW(top->text, text, size);
  top->next = *stack;
  *stack = top;
}

static const wchar_t *arguments(void) {
  const wchar_t *line = GetCommandLineW();
  const wchar_t end = *line == L'"' ? L'"' : L' ';
  if (end == L'"') line++;
  while (*line != 0 && *line != end) line++;
  while (*line == end || *line == L' ') line++;
  return line;
}

// StdUtils

EXPORT(GetAllParameters) {
  wchar_t truncate[MAX_TEXT];
  pop(truncate, size, stack);
  push(arguments(), size, stack);
}

EXPORT(TestParameter) {
  wchar_t name[MAX_TEXT], rest[MAX_TEXT], *word, *next;
  pop(name, size, stack);
  lstrcpynW(rest, arguments(), MAX_TEXT);
  for (word = wcstok_s(rest, L" ", &next); word != NULL; word = wcstok_s(NULL, L" ", &next)) {
    while (*word == L'-' || *word == L'/') word++;
    if (_wcsicmp(word, name) == 0) break;
  }
  push(word == NULL ? L"false" : L"true", size, stack);
}

EXPORT(GetParentPath) {
  wchar_t path[MAX_TEXT], *last;
  pop(path, size, stack);
  last = wcsrchr(path, L'\\');
  if (last != NULL) *last = 0;
  push(path, size, stack);
}

EXPORT(ExecShellAsUser) {
  wchar_t file[MAX_TEXT], verb[MAX_TEXT], parameters[MAX_TEXT];
  pop(parameters, size, stack);
  pop(verb, size, stack);
  pop(file, size, stack);
  INT_PTR code = (INT_PTR)ShellExecuteW(NULL, verb, file, parameters, NULL, SW_SHOWNORMAL);
  push(code > 32 ? L"ok" : L"error", size, stack);
}

// UAC: this is an administrator already (2), and nobody's elevated copy (3).

EXPORT(_) {
  wchar_t what[MAX_TEXT];
  pop(what, size, stack);
  push(*what == L'2' ? L"1" : L"0", size, stack);
}

// WinShell: what a shortcut says beside its target.

EXPORT(SetLnkAUMI) {
  wchar_t text[MAX_TEXT];
  pop(text, size, stack);
  pop(text, size, stack);
}

EXPORT(UninstShortcut) {
  wchar_t text[MAX_TEXT];
  pop(text, size, stack);
}

EXPORT(UninstAppUserModelId) {
  wchar_t text[MAX_TEXT];
  pop(text, size, stack);
}

// nsis7z: the packed folder is copied from where it was packed.

EXPORT(Extract) {
  wchar_t archive[MAX_TEXT], from[MAX_TEXT] = {0}, to[MAX_TEXT] = {0};
  pop(archive, size, stack);
  GetEnvironmentVariableW(L"SIGNOFF_TEST_PACKED", from, MAX_TEXT - 8);
  lstrcatW(from, L"\\*");
  from[lstrlenW(from) + 1] = 0;
  lstrcpynW(to, variables + OUTDIR * size, MAX_TEXT - 1);
  SHFILEOPSTRUCTW copy = {.wFunc = FO_COPY,
                          .pFrom = from,
                          .pTo = to,
                          .fFlags = FOF_NOCONFIRMATION | FOF_NOCONFIRMMKDIR | FOF_NOERRORUI | FOF_SILENT};
  SHFileOperationW(&copy);
}
