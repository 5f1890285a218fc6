/* What the add-in does, without Excel: loads the library by its full path and lets it start a command.
   Says the answer, the milliseconds, and the library's own words. */
#include <windows.h>
#include <oleauto.h>
#include <stdio.h>

typedef int(__stdcall *Activate)(VARIANT *answer, const char *command, int mode);

int wmain(int count, wchar_t **given) {
    char command[4096];
    VARIANT answer;
    if (count != 3) return 2;
    WideCharToMultiByte(CP_ACP, 0, given[2], -1, command, sizeof command, NULL, NULL);
    CoInitialize(NULL);
    HMODULE library = LoadLibraryW(given[1]);
    if (library == NULL) return 3;
    Activate activate = (Activate)(void *)GetProcAddress(library, "XLPyDLLActivateAuto");
    if (activate == NULL) return 4;
    VariantInit(&answer);
    DWORD begun = GetTickCount();
    int failed = activate(&answer, command, 1);
    printf("%d\n%lu\n", failed, (unsigned long)(GetTickCount() - begun));
    if (answer.vt == VT_BSTR) printf("%ls\n", answer.bstrVal);
    return 0;
}
