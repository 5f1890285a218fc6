@echo off
rem 装到本用户的文件夹，不用管理员权限，不改 PATH，不联网。原来装的先放在一旁，没有装好就换回来。
setlocal
set "HERE=%~dp0"
set "BASE=%LOCALAPPDATA%\zipingbiao"
set "PLACE=%BASE%\python"
set "BEFORE=%BASE%\python.old"
if not exist "%HERE%wheels\pip-*.whl" goto packed
echo 正在安装项目支出绩效自评软件，约需一分钟……
rem 上一次装到一半就中断的，先换回原来的。
if exist "%BEFORE%" if exist "%PLACE%" rmdir /s /q "%PLACE%"
if exist "%BEFORE%" ren "%BEFORE%" python
if exist "%PLACE%" ren "%PLACE%" python.old
if exist "%PLACE%" goto busy
set "PYTHON=%PLACE%\Scripts\python.exe"
py -{{python}} -c "" >nul 2>nul
if not errorlevel 1 goto venv
if exist "%HERE%python\python.exe" goto embedded
echo 没有找到 Python {{python}}。请把 Python {{python}} 的免安装包（embeddable）解压到本文件夹下的 python 文件夹，再双击 安装.cmd。
goto failed
:venv
py -{{python}} -m venv --without-pip "%PLACE%"
if not "%errorlevel%"=="0" goto failed
set "INTO="
goto install
:embedded
xcopy /e /i /q /y "%HERE%python" "%PLACE%" >nul
if not "%errorlevel%"=="0" goto failed
set "PYTHON=%PLACE%\python.exe"
echo Lib\site-packages>>"%PLACE%\python{{digits}}._pth"
set INTO=--target "%PLACE%\Lib\site-packages"
:install
pushd "%HERE%wheels"
for %%f in (pip-*.whl) do set "PIP=%HERE%wheels\%%f"
for %%f in (zipingbiao-*.whl) do set "OWN=%HERE%wheels\%%f"
popd
"%PYTHON%" "%PIP%\pip" install --quiet --disable-pip-version-check --no-index --find-links "%HERE%wheels" %INTO% "%OWN%[excel]"
if not "%errorlevel%"=="0" goto failed
if exist "%BEFORE%" rmdir /s /q "%BEFORE%"
rem 桌面图标：双击出现中文菜单，也可以把自评表或文件夹拖到图标上。
powershell -NoProfile -Command "$s=(New-Object -ComObject WScript.Shell).CreateShortcut([Environment]::GetFolderPath('Desktop')+'\绩效自评.lnk');$s.TargetPath='%PYTHON%';$s.Arguments='-E -P -m zipingbiao';$s.Save()"
rem 右键菜单；装了 Excel 的，同时装上“绩效自评”功能区。
"%PYTHON%" -E -P -m zipingbiao addin install --menu
echo.
echo 安装完成：双击桌面上的“绩效自评”开始使用。
pause
exit /b 0
:failed
if exist "%PLACE%" rmdir /s /q "%PLACE%"
if exist "%BEFORE%" ren "%BEFORE%" python
echo.
echo 没有装好，电脑没有改动；请把这个窗口里的文字发给财政局绩效股。
pause
exit /b 1
:busy
echo.
echo 请先关闭 Excel 和“绩效自评”的窗口，再双击 安装.cmd：原来装的正在使用，没有改动。
pause
exit /b 1
:packed
echo.
echo 请先把压缩包全部解压到一个文件夹，再双击其中的 安装.cmd：在压缩包里直接运行装不上，电脑没有改动。
pause
exit /b 1
