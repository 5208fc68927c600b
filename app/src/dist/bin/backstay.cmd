@echo off
rem Starts Backstay. Needs Java 25 or newer: BACKSTAY_JAVA, JAVA_HOME or the PATH names it.
setlocal
set "NEED=25"
set "BIN=%~dp0"
set "JAVA="
if defined BACKSTAY_JAVA set "JAVA=%BACKSTAY_JAVA%"
if not defined JAVA if exist "%BIN%..\runtime\bin\java.exe" set "JAVA=%BIN%..\runtime\bin\java.exe"
if not defined JAVA if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined JAVA for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\jdk-*" "%ProgramFiles%\Java\jdk-*" "%ProgramFiles%\Microsoft\jdk-*" "%ProgramFiles%\Zulu\zulu-*" "%USERPROFILE%\.jdks\*") do if not defined JAVA call :try "%%~d"
if not defined JAVA for /f "delims=" %%j in ('where java 2^>nul') do if not defined JAVA call :try "%%~dpj.."
if not defined JAVA (
  echo Error: Backstay needs Java %NEED% or newer and found none.>&2
  echo   Install a JDK %NEED%, or name its java.exe with BACKSTAY_JAVA.>&2
  exit /b 1
)
"%JAVA%" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:NewSize=32m -XX:MaxNewSize=32m -XX:PretenureSizeThreshold=640k -XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError -XX:CompileCommand=quiet -XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.CounterMode::*,0.02 -XX:CompileCommand=CompileThresholdScaling,sun.security.provider.DigestBase::*,0.02 -Djava.awt.headless=true -Djdk.util.jar.enableMultiRelease=false "-Dbackstay.bin=%BIN%." %BACKSTAY_JAVA_OPTS% -cp "%BIN%..\lib\backstay-app.jar" dev.backstay.app.Main %*
exit /b %ERRORLEVEL%

:try
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==." %%v in ('findstr /b JAVA_VERSION= "%~1\release"') do call :newer "%~1" %%~v
exit /b 0

:newer
set "MAJOR=%~2"
set "MAJOR=%MAJOR:"=%"
if %MAJOR% GEQ %NEED% set "JAVA=%~1\bin\java.exe"
exit /b 0
