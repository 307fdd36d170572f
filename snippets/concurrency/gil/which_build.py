import platform
import sys
import sysconfig


def built_without_gil() -> bool:
    return sysconfig.get_config_var("Py_GIL_DISABLED") == 1


def gil_is_on() -> bool:
    is_gil_enabled = getattr(sys, "_is_gil_enabled", None)
    return is_gil_enabled is None or is_gil_enabled()


def main() -> None:
    print("implementation:", platform.python_implementation())
    print("free-threaded build:", built_without_gil())
    print("the GIL is on:", gil_is_on())


if __name__ == "__main__":
    main()
