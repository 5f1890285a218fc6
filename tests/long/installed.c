/* Stands in for Python while 安装.cmd runs: notes what it is asked for, makes an environment with itself in it, and installs
   as FAILS says: not at all where a file of this name lies on C:. */
#include <windows.h>
#include <shlobj.h>
#include <stdio.h>
#include <wchar.h>

static int asked(int count, wchar_t **given, const wchar_t *word) {
    for (int number = 1; number < count; number++)
        if (wcscmp(given[number], word) == 0) return 1;
    return 0;
}

static void note(int count, wchar_t **given) {
    char line[8192];
    FILE *file = _wfopen(L"C:\\said.txt", L"ab");
    for (int number = 0; file != NULL && number < count; number++) {
        WideCharToMultiByte(CP_UTF8, 0, given[number], -1, line, sizeof line, NULL, NULL);
        fprintf(file, "%s%s", line, number + 1 < count ? "\t" : "\n");
    }
    if (file != NULL) fclose(file);
}

static int environment(const wchar_t *place) {
    wchar_t own[MAX_PATH], folder[MAX_PATH], python[MAX_PATH];
    GetModuleFileNameW(NULL, own, MAX_PATH);
    _snwprintf(folder, MAX_PATH, L"%ls\\Scripts", place);
    _snwprintf(python, MAX_PATH, L"%ls\\python.exe", folder);
    SHCreateDirectoryExW(NULL, folder, NULL);
    return CopyFileW(own, python, FALSE) ? 0 : 1;
}

int wmain(int count, wchar_t **given) {
    note(count, given);
    if (asked(count, given, L"venv")) return environment(given[count - 1]);
    if (asked(count, given, L"--no-index")) return GetFileAttributesW(L"C:\\FAILS") == INVALID_FILE_ATTRIBUTES ? 0 : 1;
    return 0;
}
