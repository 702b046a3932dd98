"""Runs a script in ChakraCore, which the Python package pyChakraCore has in it.

The script gets `print`, and nothing else of a host. Chakra's own threads are off: a current Linux ends them with an error.
"""

import ctypes
import importlib.util
import pathlib
import sys

NO_BACKGROUND_WORK = 1

LIBRARY = {"linux": "linux/libChakraCore.so", "darwin": "osx/libChakraCore.dylib", "win32": "windowsx64/ChakraCore.dll"}

package = importlib.util.find_spec("pyChakraCore")
if package is None or package.origin is None:
    sys.exit("pyChakraCore is not installed for this Python")
chakra = ctypes.CDLL(str(pathlib.Path(package.origin).parent / LIBRARY[sys.platform]))

Value = ctypes.c_void_p
Callback = ctypes.CFUNCTYPE(Value, Value, ctypes.c_bool, ctypes.POINTER(Value), ctypes.c_ushort, Value)


def checked(error: int, what: str) -> None:
    if error != 0:
        sys.exit(f"ChakraCore: {what} failed with {error:#x}")


def string(text: str) -> Value:
    value, data = Value(), text.encode()
    checked(chakra.JsCreateString(data, ctypes.c_size_t(len(data)), ctypes.byref(value)), "a string")
    return value


def text_of(value: Value) -> str:
    converted, length = Value(), ctypes.c_size_t()
    checked(chakra.JsConvertValueToString(value, ctypes.byref(converted)), "a conversion")
    checked(chakra.JsCopyString(converted, None, ctypes.c_size_t(0), ctypes.byref(length)), "a length")
    data = ctypes.create_string_buffer(length.value)
    checked(chakra.JsCopyString(converted, data, length, None), "a copy")
    return data.raw.decode()


def start() -> None:
    runtime, context = Value(), Value()
    if sys.platform == "linux":
        # As the library's own tests do where no loader of Windows is: attach the process, then the thread.
        chakra.DllMain(0, 1, 0)
        chakra.DllMain(0, 2, 0)
    checked(chakra.JsCreateRuntime(NO_BACKGROUND_WORK, None, ctypes.byref(runtime)), "the runtime")
    checked(chakra.JsCreateContext(runtime, ctypes.byref(context)), "the context")
    checked(chakra.JsSetCurrentContext(context), "the context")


lines = []


@Callback
def printed(callee, construct, arguments, count, state):
    lines.append(text_of(Value(arguments[1])) + "\n")


def give_print() -> None:
    function, world, name = Value(), Value(), Value()
    checked(chakra.JsCreateFunction(printed, None, ctypes.byref(function)), "a function")
    checked(chakra.JsGetGlobalObject(ctypes.byref(world)), "the global object")
    checked(chakra.JsCreatePropertyId(b"print", ctypes.c_size_t(5), ctypes.byref(name)), "a name")
    checked(chakra.JsSetProperty(world, name, function, ctypes.c_bool(True)), "a property")


start()
give_print()
path = pathlib.Path(sys.argv[1])
result = Value()
failed = chakra.JsRun(string(path.read_text(encoding="utf8")), ctypes.c_size_t(1), string(path.name), 0, ctypes.byref(result))
sys.stdout.buffer.write("".join(lines).encode())
if failed:
    exception = Value()
    chakra.JsGetAndClearException(ctypes.byref(exception))
    sys.exit(f"ChakraCore: {failed:#x} {text_of(exception) if exception.value else ''}")
