/* Stands in for pythonw.exe: writes each argument that it got on a line, in UTF-8, and ends as a Python that cannot start. */
#include <windows.h>
#include <stdio.h>

int wmain(int count, wchar_t **given) {
    char line[8192];
    FILE *file = _wfopen(L"C:\\arguments.txt", L"wb");
    if (file == NULL) return 2;
    for (int number = 0; number < count; number++) {
        WideCharToMultiByte(CP_UTF8, 0, given[number], -1, line, sizeof line, NULL, NULL);
        fprintf(file, "%s\n", line);
    }
    fclose(file);
    return 1;
}
