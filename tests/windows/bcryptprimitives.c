/* Wine 8 lacks this library of Windows 10, from which Rust's standard library takes random numbers. Only the tests use it. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length)
{
    return RtlGenRandom(data, (ULONG)length);
}
